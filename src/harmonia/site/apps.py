"""The site app: base templates, theme, translations."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Wires the apps to one another; the name avoids a clash with Django's own sites app."""

    name = "harmonia.site"
    label = "harmonia_site"
