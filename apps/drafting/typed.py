"""What a browser sent to a form: which of it is kept, and how it travels through the sign-in page, signed."""

import re

from django.conf import settings
from django.core import signing

# The field of the sign-in form that carries it.
FIELD = "typed_before"
SALT = "drafting.typed"
# A sign-in page that was left open over the week-end still works; one found in an old cache does not.
LONGEST = 4 * 24 * 3600
# Never written down, wherever they come from.
SECRET = re.compile(r"passw|csrfmiddlewaretoken|(^|[_-])(otp|token)([_-]|$)", re.IGNORECASE)
# What PostgreSQL's JSON can't hold.
UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def typed_fields(post):
    """``[["title_en", ["Lima"]], …]``: what a person typed or chose in ``post``. Files are never in it."""
    return [
        [UNREADABLE.sub("", name), [UNREADABLE.sub("", value) for value in values]]
        for name, values in post.lists()
        if name != FIELD and not SECRET.search(name)
    ]


def has_secrets(post):
    """Whether the form asks for a password or a code: nothing of such a form is ever written down."""
    return any(name != "csrfmiddlewaretoken" and SECRET.search(name) for name in post)


def seal(path, fields):
    """``fields`` of the form at ``path`` as a text that nobody else can make; ``""`` if it is too long to be sent."""
    text = signing.dumps([path, fields], salt=SALT, compress=True)
    # The name and the password have to find room beside it.
    return text if len(text) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 10_000 else ""


def unseal(text):
    """``(path, fields)``, or ``None`` for what we did not seal or what is too old."""
    try:
        path, fields = signing.loads(text, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return path, fields
