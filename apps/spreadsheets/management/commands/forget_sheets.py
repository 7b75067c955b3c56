from django.core.management import BaseCommand

from apps.spreadsheets.actions import forget_old


class Command(BaseCommand):
    help = "Deletes what was read of sheets that nobody confirmed within a day, and their files."

    def handle(self, *, verbosity, **options):
        count = forget_old()
        if verbosity > 1:
            self.stdout.write(f"{count} sheets forgotten.")
