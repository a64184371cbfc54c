"""Addresses of the tapestry app."""

from django.urls import path, re_path

from harmonia.commons.tapestry import views

TILE = (
    r"^tapestry/tiles/(?P<level>\d{1,2})/(?P<column>\d{1,6})/(?P<row>\d{1,6})\.(?P<name>[0-9a-f]{20})\.png$"
)

urlpatterns = [
    path("tapestry/", views.tapestry, name="tapestry"),
    path("tapestry/cloth.svg", views.tapestry_svg, name="tapestry_svg"),
    path("tapestry/cloth.png", views.tapestry_png, name="tapestry_png"),
    path("tapestry/cloth.bin", views.tapestry_texels, name="tapestry_texels"),
    path("tapestry/bare.bin", views.tapestry_bare, name="tapestry_bare"),
    path("tapestry/threads.json", views.tapestry_threads, name="tapestry_threads"),
    path("tapestry/pyramid.json", views.tapestry_pyramid, name="tapestry_pyramid"),
    path("tapestry/tapestry.json", views.tapestry_document, name="tapestry_document"),
    re_path(TILE, views.tapestry_tile, name="tapestry_tile"),
    path("tapestry/embed/", views.tapestry_embed, name="tapestry_embed"),
    path("tapestry/tour/", views.tapestry_tour, name="tapestry_tour"),
    path("tapestry/tour/new/", views.tapestry_stop_new, name="tapestry_stop_new"),
    path("tapestry/tour/<str:code>/", views.tapestry_stop, name="tapestry_stop"),
    path("tapestry/tour/<str:code>/cancel/", views.tapestry_stop_cancel, name="tapestry_stop_cancel"),
    path("tapestry/tour/<str:code>/qr.svg", views.tapestry_stop_qr, name="tapestry_stop_qr"),
    path("tapestry/tour/<str:code>/reply/", views.tapestry_reply, name="tapestry_reply"),
    path("tapestry/tour/<str:code>/kiosk/", views.tapestry_kiosk, name="tapestry_kiosk"),
    path("tapestry/tour/<str:code>/words.json", views.tapestry_kiosk_words, name="tapestry_kiosk_words"),
    path("tapestry/replies/", views.tapestry_replies, name="tapestry_replies"),
    path("tapestry/replies/<str:code>/", views.tapestry_reply_decide, name="tapestry_reply_decide"),
    path("tapestry/taken-back/<str:word>/", views.tapestry_reply_take_back, name="tapestry_reply_take_back"),
    path("tapestry/<str:code>.wif", views.tapestry_wif, name="tapestry_wif"),
]
