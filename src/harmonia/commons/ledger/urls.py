"""Addresses of the ledger."""

from django.urls import path, re_path

from harmonia.commons.ledger import api, views

urlpatterns = [
    path("bring/", views.bring, name="bring"),
    path("bring/queue/", views.queue, name="drop_off_queue"),
    path("bring/weigh-in/", views.drop_off, name="drop_off"),
    path("bring/points/new/", views.point_new, name="point_new"),
    path("bring/points/<slug:code>/", views.point, name="point"),
    path("bring/points/<slug:code>/count/", views.count, name="count_stock"),
    path("bring/points/<slug:code>/poster/", views.poster, name="poster"),
    path("bring/card/", views.card, name="card"),
    path("bring/containers/", views.containers, name="containers"),
    path("bring/containers/new/", views.container_new, name="container_new"),
    path("bring/containers/<slug:code>/label/", views.container_label, name="container_label"),
    re_path(
        r"^bring/containers/(?P<code>[-\w]+)/(?P<step>empty|retire)/$",
        views.container_step,
        name="container_step",
    ),
    path("bring/scales/", views.devices, name="devices"),
    path("bring/scales/<int:pk>/revoke/", views.device_revoke, name="device_revoke"),
    path("api/drop-offs/", api.drop_offs, name="api_drop_offs"),
    path("books/batches/", views.batches, name="batches"),
    path("books/batches/new/", views.batch_new, name="batch_new"),
    path("books/batches/rules/", views.hygiene, name="hygiene"),
    path("books/batches/<slug:code>/", views.batch, name="batch"),
    path("books/batches/<slug:code>/<slug:step>/", views.batch_step, name="batch_step"),
    path("books/places/<slug:code>/fed/", views.who_fed, name="who_fed"),
    path("books/", views.books, name="books"),
    path("books/<int:movement>/take-back/", views.take_back, name="take_back"),
]
