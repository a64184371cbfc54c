"""Addresses of the notices app."""

from django.urls import path

from harmonia.commons.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.notice_read, name="notices_read"),
    path("notices/<int:notice>/read/", views.notice_read, name="notice_read"),
    path("notices/preferences/", views.notice_preferences, name="notice_preferences"),
]
