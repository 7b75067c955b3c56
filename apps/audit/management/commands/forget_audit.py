"""``manage.py forget_audit``: what the audit log no longer has to keep."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.audit.models import Entry


class Command(BaseCommand):
    help = "Deletes the entries of the audit log that are older than so many days."

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than", type=int, required=True, metavar="DAYS", help="400 keeps a little over a year"
        )

    def handle(self, *args, older_than, **options):
        if older_than < 1:
            raise CommandError("--older-than takes a number of days, at least 1.")
        count = Entry.objects.forget_before(timezone.now() - timedelta(days=older_than))
        self.stdout.write(f"Deleted {count} entries older than {older_than} days.")
