"""Addresses of the alchemy app."""

from django.urls import path, re_path

from harmonia.commons.alchemy import views
from harmonia.commons.alchemy.codes import PATTERN

CODE = rf"^make/(?P<code>{PATTERN})"
KEY = r"(?P<key>[A-Za-z0-9][A-Za-z0-9_-]{0,59})"

urlpatterns = [
    path("make/", views.make, name="make"),
    path("make/new/", views.artifact_new, name="artifact_new"),
    path("make/labels/", views.label_sheets, name="label_sheets"),
    path("make/log/", views.moderation_log, name="moderation_log"),
    path("make/circles/", views.circles, name="circles"),
    path("make/circles/<int:pk>/", views.circle, name="circle"),
    path("make/circles/<int:pk>/leave/", views.circle_leave, name="circle_leave"),
    path("repairs/", views.repairs, name="repairs"),
    path("repairs/new/", views.repair_new, name="repair_new"),
    path("repairs.csv", views.repairs_table, name="repairs_table"),
    re_path(rf"^repairs/{KEY}/$", views.repair, name="repair"),
    re_path(rf"^repairs/{KEY}/withdraw/$", views.repair_withdraw, name="repair_withdraw"),
    re_path(rf"{CODE}/$", views.artifact, name="artifact"),
    re_path(rf"{CODE}/story/$", views.story_new, name="story_new"),
    re_path(rf"{CODE}/words/$", views.story_words, name="story_words"),
    re_path(rf"{CODE}/photo/$", views.picture_new, name="picture_new"),
    re_path(rf"{CODE}/recording/$", views.recording_new, name="recording_new"),
    re_path(rf"{CODE}/share/$", views.artifact_share, name="artifact_share"),
    re_path(rf"{CODE}/care/$", views.artifact_care, name="artifact_care"),
    re_path(rf"{CODE}/makers/$", views.artifact_makers, name="artifact_makers"),
    re_path(rf"{CODE}/withdraw/$", views.story_withdraw, name="story_withdraw"),
    re_path(rf"{CODE}/report/$", views.artifact_report, name="artifact_report"),
    re_path(rf"{CODE}/appeal/$", views.artifact_appeal, name="artifact_appeal"),
    re_path(rf"{CODE}/moderate/$", views.artifact_moderate, name="artifact_moderate"),
    re_path(rf"{CODE}/label/$", views.artifact_label, name="artifact_label"),
    re_path(rf"{CODE}/passport\.json$", views.artifact_passport, name="artifact_passport"),
    re_path(rf"{CODE}/qr\.(?P<kind>png|svg)$", views.artifact_qr, name="artifact_qr"),
]
