"""Doors of meetings: for the two of a pair, for whoever arranges times, and for the offices."""

from django.urls import path

from telemachus.meetings import office_views, views

app_name = "meetings"
urlpatterns = [
    path("mentor/", views.my_mentor, name="my_mentor"),
    path("mentees/", views.my_mentees, name="my_mentees"),
    path("times/", views.times, name="times"),
    path("pairs/<uuid:pk>/", views.pair, name="pair"),
    path("pairs/<uuid:pk>/slip/", views.slip, name="slip"),
    path("pairs/<uuid:pk>/log/", views.log, name="log"),
    path("pairs/<uuid:pk>/wish/", views.wish, name="wish"),
    path("pairs/<uuid:pk>/arrange/", views.arrange, name="arrange"),
    path("appointments/<uuid:pk>/move/", views.move, name="move"),
    path("appointments/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("wishes/<uuid:pk>/heard/", views.heard, name="heard"),
    path("<uuid:pk>/confirm/", views.confirm, name="confirm"),
    path("<uuid:pk>/not-right/", views.not_right, name="not_right"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/decline/", views.decline, name="decline"),
    path("rhythm/<slug:slug>/", office_views.rhythm, name="rhythm"),
    path("register/<slug:slug>/", office_views.register, name="register"),
    path("register/<slug:slug>/export.<str:form>", office_views.export, name="export"),
    path("register/pairs/<uuid:pk>/", office_views.dates, name="dates"),
    path("register/pairs/<uuid:pk>/file/", office_views.file, name="file"),
    path("register/<uuid:pk>/correct/", office_views.correct, name="correct"),
    path("register/<uuid:pk>/strike/", office_views.strike, name="strike"),
    path("offices/<slug:slug>/<uuid:pk>/director/", office_views.met_director, name="met_director"),
    path("offices/<slug:slug>/<uuid:pk>/conference/", office_views.held_conference, name="held_conference"),
    path("conferences/<slug:slug>/", office_views.conferences, name="conferences"),
]
