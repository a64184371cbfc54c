"""Addresses of the tapestry app."""

from django.urls import path

from harmonia.commons.tapestry import views

urlpatterns = [
    path("tapestry/", views.tapestry, name="tapestry"),
    path("tapestry/cloth.svg", views.tapestry_svg, name="tapestry_svg"),
    path("tapestry/<str:code>.wif", views.tapestry_wif, name="tapestry_wif"),
]
