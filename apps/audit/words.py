"""What stands in an entry's details, in the reader's words."""

from functools import cache

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

WORDS = {
    "after": _("after"),
    "before": _("before"),
    "changed": _("changed"),
    "count": _("count"),
    "edition": _("edition"),
    "format": _("format"),
    "groups": _("groups"),
    "is_active": _("active"),
    "is_staff": _("may sign in to the desk"),
    "is_superuser": _("superuser"),
    "kind": _("kind of record"),
    "language": _("language"),
    "languages": _("languages"),
    "new": _("new"),
    "note": _("note"),
    "permissions": _("rights"),
    "codes_left": _("recovery codes left"),
    "email": _("e-mail address"),
    "factor": _("second factor"),
    "name": _("name"),
    "username": _("user name"),
    "reason": _("reason"),
    "state": _("state"),
    "user_permissions": _("rights of their own"),
    "everyone": _("everyone at the desk"),
}
YES_OR_NO = {True: _("yes"), False: _("no")}
FACTORS = {"app": _("the app's code"), "recovery_code": _("a recovery code")}


def in_words(details):
    """``{"groups": {"before": [], "after": ["Editors"]}}`` as ``[("groups", "– → Editors")]``."""
    return [(WORDS.get(name, name), _value(name, value)) for name, value in details.items()]


def _value(name, value):
    if isinstance(value, dict) and set(value) == {"before", "after"}:
        return f"{_value(name, value['before'])} → {_value(name, value['after'])}"
    if isinstance(value, dict):
        return ", ".join(f"{WORDS.get(each, each)}: {_value(each, inner)}" for each, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_label(name, each) for each in value) or "–"
    if isinstance(value, bool):
        return str(YES_OR_NO[value])
    return _label(name, value) if value != "" else "–"


def _label(name, value):
    """One value as its reader calls it; what is known no longer, as it was written down."""
    if name in ("groups", "name"):
        return str(Group(name=value))  # a role is called by its name in the reader's language
    if name in ("permissions", "user_permissions"):
        return str(_rights().get(value, value))
    return str(FACTORS.get(value, value) if name == "factor" else value)


@cache  # rights come with migrations only, and a list of the log may name hundreds
def _rights():
    rights = Permission.objects.select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}": right for right in rights}
