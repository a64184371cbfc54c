"""Addresses of the Nexus."""

from django.urls import path

from harmonia.commons.nexus import views

urlpatterns = [
    path("nexus/", views.nexus, name="nexus"),
    path("nexus/plant/", views.plant, name="nexus_plant"),
    path("nexus/plant/new/", views.commission, name="nexus_commission"),
    path("nexus/plant/back/", views.roll_back, name="nexus_roll_back"),
    path("nexus/feed/", views.feed, name="nexus_feed"),
    path("nexus/reading/", views.reading, name="nexus_reading"),
    path("nexus/safety/", views.safety, name="nexus_safety"),
    path("nexus/burn/", views.burn, name="nexus_burn"),
]
