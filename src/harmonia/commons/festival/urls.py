"""Addresses of the festival app."""

from django.urls import path, re_path

from harmonia.commons.festival import views

SCENE = r"^festival/scene/(?P<code>[0-9A-Z]{4}-[0-9A-Z]{2})"

urlpatterns = [
    path("festival/", views.festival, name="festival"),
    re_path(rf"{SCENE}/$", views.festival_scene, name="festival_scene"),
    re_path(rf"{SCENE}/scene\.json$", views.festival_scene_json, name="festival_scene_json"),
    re_path(rf"{SCENE}/scene\.glb$", views.festival_scene_glb, name="festival_scene_glb"),
    re_path(rf"{SCENE}/still\.png$", views.festival_scene_still, name="festival_scene_still"),
    re_path(rf"{SCENE}/dress/$", views.festival_dress, name="festival_dress"),
    path("festival/cloth.glb", views.festival_cloth, name="festival_cloth"),
    path("festival/pyramid/", views.festival_pyramid, name="festival_pyramid"),
    path("festival/pyramid/<str:screen>-<str:paper>.pdf", views.festival_template, name="festival_template"),
    path("festival/evenings/new/", views.festival_evening_new, name="festival_evening_new"),
    path("festival/evenings/<str:code>/", views.festival_evening, name="festival_evening"),
    path("festival/evenings/<str:code>/ask/", views.festival_ask, name="festival_ask"),
    path(
        "festival/evenings/<str:code>/cancel/", views.festival_evening_cancel, name="festival_evening_cancel"
    ),
    path("festival/evenings/<str:code>/turns/<int:number>/", views.festival_turn, name="festival_turn"),
    path("festival/evenings/<str:code>/play/", views.festival_play, name="festival_play"),
    path("festival/evenings/<str:code>/programme.json", views.festival_programme, name="festival_programme"),
]
