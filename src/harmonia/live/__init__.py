"""Feeds for crowds: a plain-ASGI hub that knows neither Django nor the database."""
