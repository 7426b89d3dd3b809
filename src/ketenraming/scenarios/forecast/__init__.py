"""Inflow carried on month by month, with bands, and held against its own past."""

from ketenraming.scenarios.forecast.make import (
    APPLICATIONS,
    CHOSEN,
    WIDENED,
    Ask,
    Forecast,
    Scored,
    Subject,
    forecast,
    inflow_ratios,
    scored,
    subject,
    subject_of_file,
)

__all__ = [
    "APPLICATIONS",
    "CHOSEN",
    "WIDENED",
    "Ask",
    "Forecast",
    "Scored",
    "Subject",
    "forecast",
    "inflow_ratios",
    "scored",
    "subject",
    "subject_of_file",
]
