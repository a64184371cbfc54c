"""Addresses of the gatherings app."""

from django.urls import path

from harmonia.commons.gatherings import views

HERE = "together/gatherings/<int:number>/"

urlpatterns = [
    path("together/gatherings/", views.gatherings, name="gatherings"),
    path("together/gatherings/call/<int:alarm>/", views.gathering_call, name="gathering_call"),
    path(HERE, views.gathering, name="gathering"),
    path(f"{HERE}ask/", views.gathering_ask, name="gathering_ask"),
    path(f"{HERE}concerns/<int:concern>/answer/", views.gathering_answer, name="gathering_answer"),
    path(f"{HERE}concerns/<int:concern>/take-back/", views.gathering_take_back, name="gathering_take_back"),
    path(f"{HERE}<slug:step>/", views.gathering_step, name="gathering_step"),
]
