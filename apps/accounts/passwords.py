"""Passwords: their length, the log of their changes, and the link with which somebody sets their own."""

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext

from apps import audit


class LongPassword(MinimumLengthValidator):
    """Of a length; and Django tells its validators when a password was changed, by whatever form or command."""

    def password_changed(self, password, user=None):
        if user:
            audit.log(audit.Verb.PASSWORD_CHANGED, about=user)


def send_link(account):
    """Mails ``account`` an address at which to choose a password; it works once and for a few days."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    path = reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(account)])
    words = {
        "account": account,
        "address": settings.SITE_URL + path,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    body = render_to_string("accounts/password_link.txt", words)
    send_mail(gettext("Set your password for the editors’ desk"), body, None, [account.email])
    audit.log(audit.Verb.PASSWORD_LINK_SENT, about=account)
