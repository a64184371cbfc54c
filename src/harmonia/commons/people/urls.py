"""Addresses of the people app."""

from django.contrib.auth import views as auth
from django.urls import path

from harmonia.commons.people import views
from harmonia.commons.people.forms import ForgottenForm

urlpatterns = [
    path("join/<str:code>/", views.join, name="join"),
    path("sign-in/", auth.LoginView.as_view(template_name="people/sign_in.html"), name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", views.account, name="account"),
    path("account/export/", views.export, name="account_export"),
    path("account/leave/", views.leave, name="leave"),
    path("invite/", views.invite, name="invite"),
    path("members/", views.members, name="members"),
    path("members/audit/", views.members_audit, name="members_audit"),
    path("members/new/", views.member_new, name="member_new"),
    path("members/<int:number>/vouch/", views.member_vouch, name="member_vouch"),
    path(
        "password/",
        auth.PasswordResetView.as_view(
            form_class=ForgottenForm,
            template_name="people/password_reset.html",
            email_template_name="people/password_reset.txt",
            subject_template_name="people/password_reset_subject.txt",
        ),
        name="password_reset",
    ),
    path(
        "password/sent/",
        auth.PasswordResetDoneView.as_view(template_name="people/password_reset_sent.html"),
        name="password_reset_done",
    ),
    path(
        "password/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(template_name="people/password_new.html"),
        name="password_reset_confirm",
    ),
    path(
        "password/changed/",
        auth.PasswordResetCompleteView.as_view(template_name="people/password_changed.html"),
        name="password_reset_complete",
    ),
]
