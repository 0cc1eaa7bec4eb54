"""Doors of the imports; the program's own urls mount them under its slug."""

from django.urls import path

from telemachus.program import upload_views as views

upload_patterns = [
    path("", views.imports, name="imports"),
    path("bring/", views.bring, name="bring"),
    path("<uuid:pk>/", views.upload, name="upload"),
    path("<uuid:pk>/progress/", views.progress, name="progress"),
    path("<uuid:pk>/answer/", views.answer, name="answer"),
    path("<uuid:pk>/ask-again/", views.ask_again, name="ask_again"),
    path("<uuid:pk>/write/", views.write, name="write"),
    path("<uuid:pk>/drop/", views.drop, name="drop"),
]
