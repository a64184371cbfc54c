"""Addresses of the ledger."""

from django.urls import path

from harmonia.commons.ledger import views

urlpatterns = [
    path("bring/", views.bring, name="bring"),
    path("bring/weigh-in/", views.drop_off, name="drop_off"),
    path("bring/points/new/", views.point_new, name="point_new"),
    path("bring/points/<slug:code>/", views.point, name="point"),
    path("bring/points/<slug:code>/poster/", views.poster, name="poster"),
    path("books/", views.books, name="books"),
    path("books/<int:movement>/take-back/", views.take_back, name="take_back"),
]
