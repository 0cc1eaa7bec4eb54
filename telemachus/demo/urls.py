"""Doors of the demo; mounted in demo mode only."""

from django.urls import path

from telemachus.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.stage, name="stage"),
    path("enter/", views.enter, name="enter"),
    path("mail/", views.mail, name="mail"),
]
