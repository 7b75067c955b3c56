"""The throttle of an account, beside that of an account and an address (axes).

============================  ================================================  =====
wrong passwords for a name    are counted                                       limit
============================  ================================================  =====
from a browser it knows       for that browser, here                            5
from any other                for name and address, by axes                     5
from any other                for the name, from all addresses together, here   20
============================  ================================================  =====

Each is forgotten after the same time (``AXES_COOLOFF_TIME``), and what is refused is not counted here: whoever goes on
guessing gets as many tries in each such time, and no more, from however many addresses.
"""

from axes.helpers import get_client_ip_address, get_client_username, get_cool_off
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.utils import timezone

from apps.accounts.browsers import known_browser
from apps.accounts.models import FailedSignIn
from apps.audit.sign_ins import refused_untried

UNKNOWN_BROWSERS_LIMIT = 20


class AccountThrottle:
    """Asked before the backends that look at the password (``AUTHENTICATION_BACKENDS``)."""

    def authenticate(self, request, **credentials):
        if request is not None and is_closed(request, credentials):
            request.axes_locked_out = True  # axes' middleware answers with the page that says so
            raise PermissionDenied


def is_known(request, credentials=None):
    """``AXES_WHITELIST_CALLABLE``: such a browser is counted here, not with the strangers of its address."""
    return bool(known_browser(request, get_client_username(request, credentials)))


def is_closed(request, credentials):
    return _failures(request, credentials).count() >= _limit(request, credentials)


def _limit(request, credentials):
    return settings.AXES_FAILURE_LIMIT if is_known(request, credentials) else UNKNOWN_BROWSERS_LIMIT


def _failures(request, credentials):
    name = get_client_username(request, credentials) or ""
    since = timezone.now() - get_cool_off(request)
    return FailedSignIn.objects.of(name, known_browser(request, name), since=since)


@receiver(user_login_failed)
def _failed(sender, credentials, request=None, **kwargs):
    if request is None or refused_untried(request):
        return
    name = get_client_username(request, credentials) or ""
    FailedSignIn.objects.filter(at__lte=timezone.now() - get_cool_off(request)).delete()
    FailedSignIn.objects.create(name=name, browser=known_browser(request, name))
    if is_closed(request, credentials):
        address = get_client_ip_address(request)
        user_locked_out.send("accounts", request=request, username=name, ip_address=address)
        request.axes_locked_out = True


@receiver(user_logged_in)
def _signed_in(sender, request, user, **kwargs):
    """The owner's slips are forgotten; what strangers guessed is not."""
    browser = known_browser(request, user.get_username())
    if browser:
        FailedSignIn.objects.filter(name=user.get_username(), browser=browser).delete()
