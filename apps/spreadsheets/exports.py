"""Whoever takes data out of the portal leaves an entry in the audit log, whatever is exported."""

from apps import audit


def log_export(user, model, *, count, kind):
    """``count`` records of ``model`` left in a file of ``kind``: xlsx, csv or ods."""
    audit.log(audit.Verb.EXPORTED, by=user, kind=model._meta.label_lower, count=count, format=kind)
