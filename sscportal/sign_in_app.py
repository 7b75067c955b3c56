"""django-axes under a name that says what it is: its own, “Axes”, is no word of ours and has no Hindi."""

from axes.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignInConfig(AppConfig):
    verbose_name = _("Sign-in attempts")
