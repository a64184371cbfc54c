"""Addresses of the thread app."""

from django.urls import path

from harmonia.commons.thread import views

urlpatterns = [
    path("thread/", views.thread, name="thread"),
    path("thread/voice/", views.my_voice, name="my_voice"),
    path("thread/<int:movement>/", views.followed, name="followed"),
]
