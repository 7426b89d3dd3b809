"""Inflow carried on month by month, with bands, and held against its own past."""

from ketenraming.scenarios.forecast.make import Ask, Forecast, forecast
from ketenraming.scenarios.forecast.ratios import inflow_ratios
from ketenraming.scenarios.forecast.scored import CHOSEN, WIDENED, Scored, scored
from ketenraming.scenarios.forecast.subjects import APPLICATIONS, Subject, subject, subject_of_file

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
