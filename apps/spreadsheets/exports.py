"""Whoever takes data out of the portal leaves an entry in the audit log, whatever is exported."""

from apps import audit


def log_export(user, sheet, *, count, kind):
    """``count`` rows of ``sheet``, the name of a kind of sheet, left in a file of ``kind``: xlsx, csv or ods. ``user``:
    ``None`` for somebody at the server's terminal.
    """
    audit.log(audit.Verb.EXPORTED, by=user, kind=sheet, count=count, format=kind)
