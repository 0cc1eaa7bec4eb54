"""Doors of the pages that belong to no single room."""

from django.urls import path

from telemachus.web import views

app_name = "web"
urlpatterns = [
    path("", views.today, name="today"),
    path("people/<slug:slug>/", views.people, name="people"),
    path("people/<slug:slug>/<uuid:pk>/", views.person, name="person"),
    path("healthz/", views.healthz, name="healthz"),
]
