"""Doors of a person's papers."""

from django.urls import path

from telemachus.career import status_views, views

app_name = "career"
urlpatterns = [
    path("<slug:slug>/papers/", views.papers, name="papers"),
    path("<slug:slug>/cv/", views.send_cv, name="send_cv"),
    path("<slug:slug>/cv/back/", views.take_back_cv, name="take_back_cv"),
    path("<slug:slug>/aspirations/", views.write_aspirations, name="write_aspirations"),
    path("<slug:slug>/aspirations/back/", views.take_back_aspirations, name="take_back_aspirations"),
    path("<slug:slug>/people/<uuid:pk>/cv/", views.cv, name="cv"),
    path("<slug:slug>/people/<uuid:pk>/cv/received/", views.put_cv, name="put_cv"),
    path("<slug:slug>/people/<uuid:pk>/aspirations/", views.aspirations, name="aspirations"),
    path("<slug:slug>/people/<uuid:pk>/status/", status_views.status, name="status"),
    path("<slug:slug>/people/<uuid:pk>/status/complete/", status_views.complete_status, name="complete_status"),
    path("<slug:slug>/people/<uuid:pk>/status/confirm/", status_views.confirm_status, name="confirm_status"),
    path("<slug:slug>/people/<uuid:pk>/status/not-right/", status_views.not_right, name="not_right"),
]
