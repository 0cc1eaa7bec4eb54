"""The pages of django-allauth that we offer, and no others: no sign-up, no change of address."""

from allauth.account import views
from django.urls import path

from telemachus.people.forms import ChangePassword, ResetPassword, SetPassword

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/code/", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", views.logout, name="account_logout"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path(
        "password/change/",
        views.PasswordChangeView.as_view(form_class=ChangePassword),
        name="account_change_password",
    ),
    path("password/set/", views.PasswordSetView.as_view(form_class=SetPassword), name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/<str:uidb36>-<str:key>/",
        views.PasswordResetFromKeyView.as_view(form_class=ResetPassword),
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
