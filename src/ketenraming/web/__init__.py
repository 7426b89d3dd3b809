"""The web app: pages that are made here and read in any browser, and the same results as an API."""

from ketenraming.web.app import create_app

__all__ = ["create_app"]
