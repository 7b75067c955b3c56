"""What an account has left at the desk."""

from django.contrib.admin.models import LogEntry
from reversion.models import Revision

from apps.audit.models import Entry


def has_worked_here(account):
    """Whether history, the audit log or Django's own log names it: what would lose its author, or go with it."""
    return (
        Entry.objects.filter(by=account).exists()
        or Revision.objects.filter(user=account).exists()
        or LogEntry.objects.filter(user=account).exists()
    )
