"""Addresses of the voice app."""

from django.urls import path

from harmonia.commons.voice import views

ONE = "choose/<int:number>/"
OPTION = f"{ONE}options/<int:option>/"
TALK = f"{ONE}talk/"

urlpatterns = [
    path("choose/", views.choose, name="choose"),
    path("choose/new/", views.upgrade_new, name="upgrade_new"),
    path(ONE, views.upgrade, name="upgrade"),
    path(f"{ONE}electorate/", views.upgrade_electorate, name="upgrade_electorate"),
    path(f"{ONE}compare/", views.upgrade_compare, name="upgrade_compare"),
    path(f"{ONE}ballot/", views.upgrade_ballot, name="upgrade_ballot"),
    path(f"{ONE}check/", views.upgrade_check, name="upgrade_check"),
    path(f"{ONE}check/receipt.json", views.upgrade_receipt, name="upgrade_receipt"),
    path(f"{ONE}check/log.txt", views.upgrade_log, name="upgrade_log"),
    path(f"{ONE}check/checkpoint.txt", views.upgrade_checkpoint, name="upgrade_checkpoint"),
    path(f"{ONE}check/witness.json", views.upgrade_witness, name="upgrade_witness"),
    path(f"{ONE}check/cosign/", views.upgrade_cosign, name="upgrade_cosign"),
    path(f"{ONE}check/recounters/", views.recounter_ask, name="recounter_ask"),
    path(f"{ONE}check/swear/", views.recounter_swear, name="recounter_swear"),
    path(f"{ONE}check/tell/", views.recounter_tell, name="recounter_tell"),
    path(f"{ONE}desk/", views.upgrade_desk, name="upgrade_desk"),
    path(f"{ONE}desk/sheets/", views.upgrade_sheets, name="upgrade_sheets"),
    path(f"{ONE}desk/hand-out/", views.upgrade_hand_out, name="upgrade_hand_out"),
    path(f"{ONE}desk/sheet/", views.upgrade_sheet, name="upgrade_sheet"),
    path(f"{ONE}run/", views.upgrade_run, name="upgrade_run"),
    path(f"{ONE}bundle.zip", views.upgrade_bundle, name="upgrade_bundle"),
    path(f"{ONE}public.zip", views.upgrade_public, name="upgrade_public"),
    path(f"{ONE}frozen.json", views.upgrade_frozen, name="upgrade_frozen"),
    path(f"{ONE}options/new/", views.option_new, name="option_new"),
    path(OPTION, views.option, name="option"),
    path(f"{OPTION}change/", views.option_change, name="option_change"),
    path(f"{OPTION}authors/", views.option_author, name="option_author"),
    path(f"{OPTION}hand/", views.option_hand, name="option_hand"),
    path(f"{OPTION}veto/", views.option_veto, name="option_veto"),
    path(f"{OPTION}remove/", views.option_remove, name="option_remove"),
    path(f"{OPTION}foresee/", views.option_foresee, name="option_foresee"),
    path(TALK, views.upgrade_talk, name="upgrade_talk"),
    path(f"{TALK}say/", views.statement_new, name="statement_new"),
    path(f"{TALK}map/", views.upgrade_map, name="upgrade_map"),
    path(f"{TALK}log/", views.upgrade_moderation, name="upgrade_moderation"),
    path(f"{TALK}<int:statement>/", views.statement_react, name="statement_react"),
    path(f"{TALK}<int:statement>/moderate/", views.statement_moderate, name="statement_moderate"),
    path(f"{ONE}<slug:step>/", views.upgrade_step, name="upgrade_step"),
]
