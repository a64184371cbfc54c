"""Addresses of the rituals app."""

from django.urls import path

from harmonia.commons.rituals import views

HERE = "together/rituals/<int:number>/"

urlpatterns = [
    path("r/<slug:code>/", views.ritual_join, name="ritual_join"),
    path("together/rituals/", views.rituals, name="rituals"),
    path("together/rituals/new/", views.ritual_new, name="ritual_new"),
    path("together/rituals/enter/", views.ritual_enter, name="ritual_enter"),
    path(HERE, views.ritual, name="ritual"),
    path(f"{HERE}offer/", views.ritual_offer, name="ritual_offer"),
    path(f"{HERE}here/", views.ritual_here, name="ritual_here"),
    path(f"{HERE}take-back/<int:offering>/", views.ritual_take_back, name="ritual_take_back"),
    path(f"{HERE}screen/", views.ritual_screen, name="ritual_screen"),
    path(f"{HERE}shown/<int:offering>/", views.ritual_shown, name="ritual_shown"),
    path(f"{HERE}replay/", views.ritual_replay, name="ritual_replay"),
    path(f"{HERE}record.json", views.ritual_record, name="ritual_record"),
    path(f"{HERE}ritual.ics", views.ritual_calendar, name="ritual_calendar"),
    path(f"{HERE}code.svg", views.ritual_code, name="ritual_code"),
    path(f"{HERE}desk/", views.ritual_desk, name="ritual_desk"),
    path(f"{HERE}desk/say/", views.ritual_say, name="ritual_say"),
    path(f"{HERE}desk/offerings/<int:offering>/", views.ritual_judge, name="ritual_judge"),
    path(f"{HERE}desk/<slug:step>/", views.ritual_step, name="ritual_step"),
]
