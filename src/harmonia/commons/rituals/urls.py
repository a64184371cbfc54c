"""Addresses of the rituals app."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

def ritual(request: HttpRequest, number: int) -> HttpResponse: return HttpResponse()
urlpatterns = [path("together/rituals/<int:number>/", ritual, name="ritual"), path("together/rituals/", ritual, name="rituals")]
