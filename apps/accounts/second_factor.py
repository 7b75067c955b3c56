"""The second factor: an app's six digits (TOTP), and recovery codes for the day the telephone is lost."""

import segno
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps import audit
from apps.accounts.models import SignInRule
from apps.accounts.sessions import end_sessions

CODE, SET_UP = "code", "set_up"
RECOVERY_CODES = 10
DIGITS = 6


def missing_step(user):
    """What ``user`` (of a request) still has to do before anything else at the desk: CODE, SET_UP or None."""
    if not user.is_authenticated or user.is_verified():
        return None
    devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    account = get_user_model().objects.filter(pk=user.pk)
    has, must = account.values_list(Exists(devices), Exists(SignInRule.about(OuterRef("pk")))).get()
    return CODE if has else SET_UP if must else None


def device_of(user):
    """The device the account signs in with, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def recovery_codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def begin(user):
    """A new secret, good for nothing until :func:`confirm`. One that lies there unconfirmed may have been seen."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="TOTP", confirmed=False)


@transaction.atomic
def confirm(device, code):
    """Makes ``device`` the account's second factor if ``code`` is its code now; returns whether it was."""
    # Whoever types here was just shown the secret: there is nothing to guess, and a slip of the hand need not wait.
    device.throttle_reset(commit=False)
    if not device.verify_token(code):
        return False
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    audit.log(audit.Verb.SECOND_FACTOR_ADDED, about=device.user)
    return True


@transaction.atomic
def make_recovery_codes(user):
    """New ones, as text, the only time they are to be seen; older ones are void."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    tokens = [StaticToken(device=device, token=StaticToken.random_token()) for _each in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(tokens)
    audit.log(audit.Verb.RECOVERY_CODES_MADE, about=user)
    return [token.token for token in tokens]


@transaction.atomic
def remove(user, by):
    """Takes the second factor away. Where somebody else does it, the device is lost: nobody stays signed in with it."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    if user != by:
        end_sessions(user)
    audit.log(audit.Verb.SECOND_FACTOR_REMOVED, by=by, about=user)


def verify(user, code):
    """The device that ``code`` is right for, or None: six digits are the app's, anything else a recovery code."""
    verified = None
    for device in _asked(user, code):
        verified = verified or verify_token(user, device.persistent_id, code)
    by_app = _is_of_app(code)
    details = {"factor": "app" if by_app else "recovery_code"}
    if verified and not by_app:
        details["codes_left"] = recovery_codes_left(user)
    verb = audit.Verb.SECOND_FACTOR_GIVEN if verified else audit.Verb.SECOND_FACTOR_FAILED
    audit.log(verb, by=user, about=user, **details)
    return verified


def pause(user, code):
    """``(when the next code is looked at, how many were wrong)``: each makes the wait twice as long. None: at once."""
    waits = [device.verify_is_allowed() for device in _asked(user, code)]
    return max(((why["locked_until"], why["failure_count"]) for allowed, why in waits if not allowed), default=None)


def _asked(user, code):
    kind = TOTPDevice if _is_of_app(code) else StaticDevice
    return kind.objects.filter(user=user, confirmed=True)


def _is_of_app(code):
    return code.isdecimal() and len(code) == DIGITS


def qr_code(device):
    """The secret as a picture, inline SVG: made here, kept nowhere."""
    title = gettext("QR code with the secret; the same is written out below.")
    return segno.make(device.config_url, error="m").svg_inline(omitsize=True, border=4, light="#fff", title=title)
