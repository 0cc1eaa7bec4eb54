"""Doors of the program's set-up and of its imports."""

from django.urls import include, path

from telemachus.program import deputy_views, views
from telemachus.program.upload_urls import upload_patterns

app_name = "program"
urlpatterns = [
    path("delegate/", views.name_delegate, name="name_delegate"),
    path("roles/<uuid:pk>/end/", views.end_role, name="end_role"),
    path("<slug:slug>/setup/", views.setup, name="setup"),
    path("<slug:slug>/setup/settings/", views.change_settings, name="change_settings"),
    path("<slug:slug>/setup/person/", views.add_person, name="add_person"),
    path("<slug:slug>/setup/role/", views.grant_role, name="grant_role"),
    path("<slug:slug>/deputy/", deputy_views.deputy, name="deputy"),
    path("deputies/<uuid:pk>/end/", deputy_views.end_deputy, name="end_deputy"),
    path("<slug:slug>/imports/", include(upload_patterns)),
]
