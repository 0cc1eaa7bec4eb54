"""Doors of pairs: entering, ending, pausing, and deciding about what came from elsewhere."""

from django.urls import path

from telemachus.pairing import views

app_name = "pairing"
urlpatterns = [
    path("<slug:slug>/enter/", views.enter, name="enter"),
    path("<uuid:pk>/end/", views.end, name="end"),
    path("<uuid:pk>/accept/", views.accept_from_paper, name="accept_from_paper"),
    path("<uuid:pk>/refuse/", views.refuse_from_paper, name="refuse_from_paper"),
    path("<uuid:pk>/pause/", views.pause_pair, name="pause_pair"),
    path("<slug:slug>/people/<uuid:pk>/pause/", views.pause_person, name="pause_person"),
    path("pauses/<uuid:pk>/resume/", views.resume, name="resume"),
    path("absences/<uuid:pk>/", views.absence, name="absence"),
    path("absences/<uuid:pk>/settle/", views.settle_absence, name="settle_absence"),
]
