"""Addresses of the voice app."""

from django.urls import path

from harmonia.commons.voice import views

urlpatterns = [
    path("choose/", views.choose, name="choose"),
    path("choose/new/", views.upgrade_new, name="upgrade_new"),
    path("choose/<int:number>/", views.upgrade, name="upgrade"),
    path("choose/<int:number>/approve/", views.upgrade_approve, name="upgrade_approve"),
    path("choose/<int:number>/compare/", views.upgrade_compare, name="upgrade_compare"),
    path("choose/<int:number>/bundle.zip", views.upgrade_bundle, name="upgrade_bundle"),
    path("choose/<int:number>/frozen.json", views.upgrade_frozen, name="upgrade_frozen"),
    path("choose/<int:number>/options/new/", views.option_new, name="option_new"),
    path("choose/<int:number>/options/<int:option>/remove/", views.option_remove, name="option_remove"),
    path("choose/<int:number>/options/<int:option>/foresee/", views.option_foresee, name="option_foresee"),
    path("choose/<int:number>/<slug:step>/", views.upgrade_step, name="upgrade_step"),
]
