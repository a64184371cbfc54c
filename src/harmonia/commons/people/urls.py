"""Addresses of the people app."""

urlpatterns: list[object] = []
