"""Doors of what a person sets for oneself."""

from django.urls import path

from telemachus.people import views

app_name = "people"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("own/", views.change_own, name="change_own"),
    path("delegates/<uuid:pk>/end/", views.end_delegation, name="end_delegation"),
]
