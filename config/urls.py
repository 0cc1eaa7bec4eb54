"""Every room's door. A room's URLs carry its name as their prefix."""

from django.conf import settings
from django.urls import include, path

handler400 = "telemachus.web.views.bad_request"
handler403 = "telemachus.web.views.forbidden"
handler404 = "telemachus.web.views.missing"
handler500 = "telemachus.web.views.broken"

urlpatterns = [
    path("", include("telemachus.web.urls")),
    path("me/", include("telemachus.people.urls")),
    path("program/", include("telemachus.program.urls")),
    path("career/", include("telemachus.career.urls")),
    path("pairs/", include("telemachus.pairing.urls")),
    path("meetings/", include("telemachus.meetings.urls")),
    path("intake/", include("telemachus.intake.urls")),
    path("account/", include("telemachus.people.sign_in")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("telemachus.demo.urls")))
