"""``manage.py load_fixtures``: the content this portal ships, into a database that has none."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext_noop

from apps.content.models import record_models
from apps.publishing.history import act

# What a record needs comes before it.
ORDER = ["sources", "countries", "glossary", "organisations", "events", "topics/*"]


class Command(BaseCommand):
    help = "Loads fixtures/ into an empty database. A database with any record in it is left as it is."

    def handle(self, *args, **options):
        if any(model.objects.exists() for model in record_models()):
            self.stdout.write("The database already has content; fixtures/ were not loaded.")
            return
        (folder,) = settings.FIXTURE_DIRS
        files = [path for pattern in ORDER for path in sorted(folder.glob(f"{pattern}.yaml"))]
        with transaction.atomic():
            call_command("loaddata", *map(str, files), verbosity=0)
            with act(None, gettext_noop("Loaded from the portal’s own files.")):
                count = sum(self.check_and_index(model) for model in record_models())
        self.stdout.write(f"Loaded {count} records from {len(files)} files.")

    def check_and_index(self, model):
        """loaddata skips every rule of the models; a broken fixture must leave the database as it was."""
        records = list(model.objects.all())
        for record in records:
            try:
                record.full_clean()
            except ValidationError as error:
                raise CommandError(f"{model._meta.label_lower} {record.natural_key()}: {error.message_dict}") from error
            record.save()
        return len(records)
