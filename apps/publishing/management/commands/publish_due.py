"""``manage.py publish_due``: for a timer, or the worker's every minute."""

from django.core.management.base import BaseCommand

from apps.publishing.due import do_what_is_due


class Command(BaseCommand):
    help = "Publishes and withdraws what was planned and whose time has come. Run it as often as you like."

    def handle(self, *args, **options):
        for record in do_what_is_due():
            self.stdout.write(f"{record._meta.label_lower} {record.pk}: {record}")
