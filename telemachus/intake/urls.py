"""Doors of the intake: the board, a recruit's page, one's own path, and the steps on it."""

from django.urls import URLPattern, path

from telemachus.intake import notice_views, own_views, views

app_name = "intake"
urlpatterns: list[URLPattern] = [
    path("<slug:slug>/notice/", notice_views.notice, name="notice"),
    path("recruits/<uuid:pk>/correct/", notice_views.correct, name="correct"),
    path("<slug:slug>/", views.board, name="board"),
    path("recruits/<uuid:pk>/", views.recruit, name="recruit"),
    path("recruits/<uuid:pk>/introduce/", views.introduce, name="introduce"),
    path("recruits/<uuid:pk>/remind/", views.remind, name="remind"),
    path("recruits/<uuid:pk>/propose/", views.propose, name="propose"),
    path("recruits/<uuid:pk>/told/", views.pick_as_told, name="pick_as_told"),
    path("recruits/<uuid:pk>/meet/", views.meet, name="meet"),
    path("recruits/<uuid:pk>/packet/", views.hand_packet, name="hand_packet"),
    path("recruits/<uuid:pk>/close/", views.close, name="close"),
    path("recruits/<uuid:pk>/reopen/", views.reopen, name="reopen"),
    path("letters/<uuid:pk>/came-back/", views.came_back, name="came_back"),
    path("<slug:slug>/me/", own_views.mine, name="mine"),
    path("recruits/<uuid:pk>/pick/", own_views.pick, name="pick"),
    path("recruits/<uuid:pk>/other-times/", own_views.ask_other_times, name="ask_other_times"),
    path("recruits/<uuid:pk>/wish/", own_views.wish_mentor, name="wish_mentor"),
    path("recruits/<uuid:pk>/packet/read/", own_views.packet, name="packet"),
    path("recruits/<uuid:pk>/packet.pdf", own_views.packet_pdf, name="packet_pdf"),
]
