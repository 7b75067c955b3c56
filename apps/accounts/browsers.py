"""Browsers that have signed in before ("device cookies", as OWASP describes them).

A stranger who guesses an editor's password from many addresses is slowed down for the account as a whole; the editor,
whose browser carries this cookie, is counted apart and is not shut out with them. The cookie opens nothing by itself.
"""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

LIFETIME = 400 * 24 * 3600  # the longest that browsers keep a cookie


def cookie_name(name):
    """One for each account: colleagues may share a browser. The name itself stays out of it."""
    return "browser_" + salted_hmac("accounts.browsers", name).hexdigest()[:16]


def known_browser(request, name):
    """The sign of a browser that signed in as ``name`` before, else ``""``; the signature covers the cookie's name."""
    return request.get_signed_cookie(cookie_name(name), default="", max_age=LIFETIME) if name else ""


@receiver(user_logged_in)
def _signed_in(sender, request, user, **kwargs):
    request.signed_in_as = user.get_username()


class KnownBrowserMiddleware:
    """Gives the browser its sign with the answer to a sign-in. Readers never sign in, and never get one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        name = getattr(request, "signed_in_as", None)
        if name:
            response.set_signed_cookie(
                cookie_name(name),
                known_browser(request, name) or get_random_string(32),
                max_age=LIFETIME,
                path=reverse("admin:index"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
        return response
