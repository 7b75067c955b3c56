"""What an administrator changed about an account or a group, for the audit log."""

from apps import audit
from apps.accounts.sessions import end_sessions

IDENTITY = ("username", "email")
FLAGS = ("is_active", "is_staff", "is_superuser")


def standing_of(row):
    """``{"username": "meera", "email": "…", "is_active": True, …, "groups": ["Editors"], "user_permissions":
    ["topics.view_topic"]}`` of an account, or ``{"name": "Editors", "permissions": […]}`` of a group, as the database
    has it now.
    """
    if hasattr(row, "permissions"):
        return {"name": row.name, "permissions": _codes(row.permissions)}
    fields = {name: getattr(row, name) for name in IDENTITY + FLAGS}
    groups = sorted(row.groups.values_list("name", flat=True))
    return {**fields, "groups": groups, "user_permissions": _codes(row.user_permissions)}


def log_changes(account, before):
    """Writes down what differs from ``before`` (:func:`standing_of`); whoever was deactivated is signed out."""
    after = standing_of(account)
    changed = {name: {"before": before[name], "after": after[name]} for name in after if before[name] != after[name]}
    active = changed.pop("is_active", None)
    if active:
        verb = audit.Verb.ACCOUNT_ACTIVATED if active["after"] else audit.Verb.ACCOUNT_DEACTIVATED
        audit.log(verb, about=account)
    if active and not active["after"]:
        end_sessions(account)
    identity = {name: changed.pop(name) for name in IDENTITY if name in changed}
    if identity:
        audit.log(audit.Verb.ACCOUNT_CHANGED, about=account, **identity)
    if changed:
        audit.log(audit.Verb.ROLE_CHANGED, about=account, **changed)


def _codes(permissions):
    return sorted(f"{app}.{code}" for app, code in permissions.values_list("content_type__app_label", "codename"))
