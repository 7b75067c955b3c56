"""Sign-ins in the log: from the signals that Django and the throttle (axes) send."""

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django_otp import user_has_device

from apps.audit import Verb, log


@receiver(user_logged_in)
def _signed_in(sender, user, **kwargs):
    """Whoever has a second factor is in once that was given, and the room that asks for it says so."""
    log(Verb.PASSWORD_GIVEN if user_has_device(user) else Verb.SIGNED_IN, by=user, about=user)


@receiver(user_logged_out)
def _signed_out(sender, user, **kwargs):
    if user:
        log(Verb.SIGNED_OUT, by=user, about=user)


@receiver(user_login_failed)
def _failed(sender, credentials, request=None, **kwargs):
    if request is not None and not refused_untried(request):
        _about_account(Verb.SIGN_IN_FAILED, credentials.get("username"))


@receiver(user_locked_out)
def _locked_out(sender, request, username, **kwargs):
    """Once, when it begins: who goes on trying from there would fill the log."""
    if not refused_untried(request):
        _about_account(Verb.LOCKED_OUT, username)


def refused_untried(request):
    """Whether the throttle had closed already: axes counts on, the portal's own throttle marks and does not count."""
    counted = getattr(request, "axes_failures_since_start", None)
    return getattr(request, "axes_locked_out", False) and counted != settings.AXES_FAILURE_LIMIT


def _about_account(verb, name):
    """Only a name that an account has: what else is typed there may be a password in the wrong field."""
    account = get_user_model().objects.filter(username=name).first() if name else None
    if account:
        log(verb, about=account)
