"""Every address of the site; each app brings its own."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from harmonia.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("appearance/", views.appearance, name="appearance"),
    path("language/", set_language, name="set_language"),
    path("health/", views.health, name="health"),
    path("rooms/<slug:room>/token/", views.room_token, name="room_token"),
    path("worker.js", views.worker, name="worker"),
    path("media/<path:name>", views.media, name="media"),
    path("admin/", admin.site.urls),
    *(
        path("", include(f"harmonia.commons.{name}.urls"))
        for name in settings.APPS
        if apps.is_installed(f"harmonia.commons.{name}") and name != "journal"
    ),
]
