"""Doors of what a person sets for oneself."""

from django.urls import path

from telemachus.people import views

app_name = "people"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("zone/", views.set_zone, name="set_zone"),
    path("delegates/<uuid:pk>/end/", views.end_delegation, name="end_delegation"),
]
