"""How much may come from one place, and how a place is known without keeping its address."""

from datetime import timedelta

import regex
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

# A whole class may sit behind one address of a school; a machine that floods sends far more than this.
SENDER_LIMIT = 20
SENDER_PERIOD = timedelta(hours=1)
SAME_WORDS_PERIOD = timedelta(days=1)
LINKS_WITHOUT_DOUBT = 2

LINK = regex.compile(r"https?://|www\.", regex.IGNORECASE)


def count_links(text):
    return len(LINK.findall(text))


def address_of(request):
    """Where ``request`` came from, an IPv6 sender as its whole /64; decided once, for sign-in and for comments."""
    return import_string(settings.AXES_CLIENT_IP_CALLABLE)(request)


def sender_of(address, moment):
    """What stands for ``address`` in the database on the day of ``moment``; tomorrow it is another value."""
    day = timezone.localdate(moment)
    return salted_hmac("comments.sender", f"{day}|{address}", algorithm="sha256").hexdigest()


def senders_of(address, since, until):
    """Every value that :func:`sender_of` gave ``address`` in that time: two over midnight."""
    return {sender_of(address, since), sender_of(address, until)}
