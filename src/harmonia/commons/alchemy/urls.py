"""Addresses of the alchemy app."""

from django.urls import path, re_path

from harmonia.commons.alchemy import views
from harmonia.commons.alchemy.codes import PATTERN

CODE = rf"^make/(?P<code>{PATTERN})"

urlpatterns = [
    path("make/", views.make, name="make"),
    path("make/new/", views.artifact_new, name="artifact_new"),
    re_path(rf"{CODE}/$", views.artifact, name="artifact"),
    re_path(rf"{CODE}/withdraw/$", views.story_withdraw, name="story_withdraw"),
    re_path(rf"{CODE}/moderate/$", views.artifact_moderate, name="artifact_moderate"),
    re_path(rf"{CODE}/label/$", views.artifact_label, name="artifact_label"),
    re_path(rf"{CODE}/qr\.(?P<kind>png|svg)$", views.artifact_qr, name="artifact_qr"),
]
