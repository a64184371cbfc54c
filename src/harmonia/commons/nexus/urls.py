"""Addresses of the Nexus."""

from django.urls import path

from harmonia.commons.nexus import views

urlpatterns = [
    path("nexus/", views.nexus, name="nexus"),
    path("nexus/plant/", views.plant, name="nexus_plant"),
    path("nexus/plant/new/", views.commission, name="nexus_commission"),
    path("nexus/plant/write/", views.write, name="nexus_write"),
    path("nexus/plant/back/", views.roll_back, name="nexus_roll_back"),
    path("nexus/activation/", views.activation, name="nexus_activation"),
    path("nexus/activation/new/", views.activation_new, name="nexus_activation_new"),
    path("nexus/activation/<int:number>/", views.activation, name="nexus_activation_one"),
    path("nexus/activation/<int:number>/checklist/", views.preflight, name="nexus_preflight"),
    path("nexus/activation/<int:number>/ramp/", views.ramp_plan, name="nexus_ramp_plan"),
    path("nexus/activation/<int:number>/<slug:step>/", views.activation_step, name="nexus_activation_step"),
    path("nexus/designs/", views.designs, name="nexus_designs"),
    path("nexus/designs/<int:number>/", views.design, name="nexus_design"),
    path("nexus/surroundings/", views.surroundings, name="nexus_surroundings"),
    path("nexus/plan/", views.plan, name="nexus_plan"),
    path("nexus/plan/ask/", views.plan_ask, name="nexus_plan_ask"),
    path("nexus/plan/<int:pk>/accept/", views.plan_accept, name="nexus_plan_accept"),
    path("nexus/plan/<int:pk>/change/", views.plan_change, name="nexus_plan_change"),
    path("nexus/feed/", views.feed, name="nexus_feed"),
    path("nexus/reading/", views.reading, name="nexus_reading"),
    path("nexus/titration/", views.titration, name="nexus_titration"),
    path("nexus/safety/", views.safety, name="nexus_safety"),
    path("nexus/jars/", views.jars, name="nexus_jars"),
    path("nexus/jars/new/", views.jar_new, {"tier": "kitchen"}, name="nexus_jar_new"),
    path("nexus/jars/new/standard/", views.jar_new, {"tier": "standard"}, name="nexus_jar_new_standard"),
    path("nexus/jars/check/<str:tier>/", views.jar_check, name="nexus_jar_check"),
    path("nexus/jars/<int:pk>/", views.jar, name="nexus_jar"),
    path("nexus/jars/<int:pk>/read/", views.jar_read, name="nexus_jar_read"),
    path("nexus/jars/<int:pk>/end/", views.jar_end, name="nexus_jar_end"),
    path("nexus/jars/<int:pk>/share/", views.jar_share, name="nexus_jar_share"),
    path("nexus/jars/<int:pk>/setup.csv", views.jar_table, {"table": "setup"}, name="nexus_jar_setup"),
    path("nexus/jars/<int:pk>/volumes.csv", views.jar_table, {"table": "volumes"}, name="nexus_jar_volumes"),
    path("nexus/burn/", views.burn, name="nexus_burn"),
]
