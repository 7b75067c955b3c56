"""Under the admin's own address, so that its gate and its sign-in stand before them."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

from apps.accounts import views


def _desk(view):
    return admin.site.admin_view(view.as_view())


second_factor = [
    path("", _desk(views.Status), name="status"),
    path("set-up/", _desk(views.SetUp), name="set_up"),
    path("confirm/", _desk(views.Confirm), name="confirm"),
    path("recovery-codes/", _desk(views.RecoveryCodes), name="recovery_codes"),
    path("remove/", _desk(views.Remove), name="remove"),
    path("code/", _desk(views.Code), name="code"),
]

urlpatterns = [
    path("second-factor/", include((second_factor, "second_factor"))),
    # For who got the link by mail: open to strangers, and good only with the token in it.
    path(
        "set-password/<uidb64>/<token>/", auth_views.PasswordResetConfirmView.as_view(), name="password_reset_confirm"
    ),
    path("set-password/done/", auth_views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
]
