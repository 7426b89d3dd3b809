"""Would a forecast have been right? Made as on the eve of each draft budget, and scored beside simple rules."""

from ketenraming.scenarios.backtest.make import Backtest, backtest

__all__ = ["Backtest", "backtest"]
