"""Addresses of the covenants app."""

from django.urls import path

from harmonia.commons.covenants import views

urlpatterns = [
    path("together/", views.together, name="together"),
    path("together/covenants/", views.covenants, name="covenants"),
    path("together/covenants/new/", views.covenant_new, name="covenant_new"),
    path("together/covenants/<int:number>/", views.covenant, name="covenant"),
    path("together/covenants/<int:number>/begin/", views.covenant_begin, name="covenant_begin"),
    path("together/covenants/<int:number>/end/", views.covenant_end, name="covenant_end"),
]
