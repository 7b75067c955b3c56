"""The audit log: ``audit.log(Verb.EXPORTED, about=..., rows=12)``, from any room, in one line."""

from apps.audit.verbs import Verb

__all__ = ["Verb", "log"]


def log(verb, by=None, about=None, **details):
    """Writes down that ``by`` did ``verb`` to ``about`` (a saved row, or None); ``details`` is what JSON can hold.

    Without ``by`` it was whoever sent the request at hand; outside a request, the portal itself. The entry stands in
    the caller's transaction: what is rolled back was not done.
    """
    from apps.audit.models import Entry  # models can't be imported while the apps are being loaded

    return Entry.objects.write(verb, by=by, about=about, details=details)
