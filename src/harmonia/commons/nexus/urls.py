"""Addresses of the Nexus."""

urlpatterns: list[object] = []
