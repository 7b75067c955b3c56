"""An uploaded sheet between preview and confirmation: kept an hour, for one person, one kind of record and one use."""

import hashlib
import os
import tempfile
import time
from pathlib import Path

from django.core import signing
from django.utils.translation import gettext as _

from apps.spreadsheets.refusals import Refused

PREFIX = "sscportal-sheet-"
SECONDS = 3600
SALT = "apps.spreadsheets.uploads"


def keep(data, *, kind, user, model, shown):
    """Keeps ``data`` (bytes) and returns the ticket with which ``user`` may :func:`claim` it once. ``shown``: what the
    preview said would change, as a digest.
    """
    forget_old()
    handle, path = tempfile.mkstemp(prefix=PREFIX)  # readable by this account only
    with open(handle, "wb") as file:
        file.write(data)
    return signing.dumps([Path(path).name, _digest(data), shown, *_bound_to(kind, user, model)], salt=SALT)


def claim(ticket, *, user, model):
    """``(kind, data, shown)`` of what :func:`keep` kept, which is then gone; or :class:`Refused`."""
    gone = Refused(_("This preview is no longer valid. Choose the file again."))
    try:
        name, digest, shown, kind, *bound = signing.loads(ticket, salt=SALT, max_age=SECONDS)
        if [kind, *bound] != _bound_to(kind, user, model):
            raise gone
        path = Path(tempfile.gettempdir()) / name
        data = path.read_bytes()
        path.unlink()  # of two confirmations at once, one gets past here
    except (signing.BadSignature, OSError):
        raise gone from None
    if _digest(data) != digest:
        raise gone
    return kind, data, shown


def forget_old():
    """Deletes what was previewed and never confirmed."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if path.stat().st_uid == os.getuid() and path.stat().st_mtime < time.time() - SECONDS:
                path.unlink()
        except FileNotFoundError:
            continue  # another worker was quicker


def _bound_to(kind, user, model):
    return [kind, str(user.pk), model._meta.label_lower]


def _digest(data):
    return hashlib.sha256(data).hexdigest()
