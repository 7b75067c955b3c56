"""What stands in an entry's details, in the reader's words."""

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
    "reason": _("reason"),
    "state": _("state"),
    "user_permissions": _("rights of their own"),
    "everyone": _("everyone at the desk"),
}
YES_OR_NO = {True: _("yes"), False: _("no")}


def in_words(details):
    """``{"groups": {"before": [], "after": ["Editors"]}}`` as ``[("groups", "– → Editors")]``."""
    return [(WORDS.get(name, name), _value(value)) for name, value in details.items()]


def _value(value):
    if isinstance(value, dict) and set(value) == {"before", "after"}:
        return f"{_value(value['before'])} → {_value(value['after'])}"
    if isinstance(value, dict):
        return ", ".join(f"{WORDS.get(name, name)}: {_value(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return str(YES_OR_NO[value] if isinstance(value, bool) else value)
