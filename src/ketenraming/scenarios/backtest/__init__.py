"""Would a forecast have been right? Made as on the eve of each budget document, and scored beside simple rules."""

from ketenraming.scenarios.backtest.make import Backtest, backtest
from ketenraming.scenarios.backtest.vantage import Vantage

__all__ = ["Backtest", "Vantage", "backtest"]
