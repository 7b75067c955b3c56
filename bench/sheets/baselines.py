"""django-import-export as its documentation shows it, driven as its admin drives it.

Preview: read the file and import it inside a transaction that is rolled back; confirm: read and import it again.
"""

import datetime

from django.db import models
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CharWidget, ForeignKeyWidget, ManyToManyWidget

from apps.events.models import Event
from apps.organisations.models import Country, Organisation
from bench.sheets.data import COLUMNS, RELATIONS


class BareEvent(Event):
    """The same table with Django's own ``save()``: no search text, no translation states, no history."""

    class Meta:
        proxy = True
        app_label = "events"

    def save(self, *args, **kwargs):
        for name in ("start", "end"):  # as a DateField would keep a datetime: the day
            if isinstance(value := getattr(self, name), datetime.datetime):
                setattr(self, name, value.date().isoformat())
        models.Model.save(self, *args, **kwargs)


class ArrivingDates(CharWidget):
    """What the library's DateWidget does with a real date cell of a workbook: a datetime, which equals no date.

    Nothing counts as unchanged then. (DateWidget itself can't read "1964-12".)
    """

    def clean(self, value, row=None, **kwargs):
        return value if isinstance(value, datetime.date) else super().clean(value, row, **kwargs)


class MendedDates(CharWidget):
    def clean(self, value, row=None, **kwargs):
        day = value.isoformat()[:10] if isinstance(value, datetime.date) else value
        return super().clean(day, row, **kwargs)


class KeptForeignKey(ForeignKeyWidget):
    """The documentation's advice for bulk imports: what was looked up once is kept."""

    def clean(self, value, row=None, **kwargs):
        kept = self.__dict__.setdefault("kept", {})
        if value not in kept:
            kept[value] = super().clean(value, row, **kwargs)
        return kept[value]


class BulkMixin:
    def get_bulk_update_fields(self):
        """Without this every bulk update fails: bulk_update() takes no many-to-many field."""
        return [name for name in super().get_bulk_update_fields() if name != "organisations"]


def resource_of(model, dates, foreign_key=ForeignKeyWidget, bases=(ModelResource,), **options):
    """The resource a developer writes after the documentation, with ``options`` in its Meta."""
    meta = {
        "model": model,
        "fields": [*COLUMNS, *RELATIONS],
        "import_id_fields": ["slug"],
        "skip_unchanged": True,
        "report_skipped": True,
        **options,
    }
    fields = {
        "start": Field("start", "start", dates()),
        "end": Field("end", "end", dates()),
        "country": Field("country", "country", foreign_key(Country, "code")),
        "organisations": Field("organisations", "organisations", ManyToManyWidget(Organisation, ";", "slug")),
    }
    return type(ModelResource)(f"{model.__name__}Resource", bases, {**fields, "Meta": type("Meta", (), meta)})


BULK = {
    "use_bulk": True,
    "batch_size": 1000,
    "skip_diff": True,
    "instance_loader_class": CachedInstanceLoader,
}


def library(name):
    """The contender ``name``: bare, mended, default or bulk."""
    if name == "bulk":
        resource = resource_of(BareEvent, MendedDates, KeptForeignKey, (BulkMixin, ModelResource), **BULK)
        return Library("library, bulk options", resource)
    if name == "default":
        return Library("library, our save()", resource_of(Event, MendedDates))
    if name == "mended":
        return Library("library, dates mended", resource_of(BareEvent, MendedDates))
    return Library("library, default", resource_of(BareEvent, ArrivingDates))


class Library:
    def __init__(self, name, resource):
        self.name, self.resource = name, resource

    def read_and_preview(self, path):
        result = self._import(path, dry_run=True)
        return path, result  # the admin has the result while it makes the page

    def confirm(self, handle):
        path, preview = handle
        del preview, handle
        self._import(path, dry_run=False, retain_instance_in_row_result=True)

    def _import(self, path, **options):
        data = XLSX().create_dataset(path.read_bytes())
        result = self.resource().import_data(data, **options)
        if result.has_errors() or result.has_validation_errors():
            raise SystemExit(f"{self.name}: {[str(each.error) for each in result.base_errors] or failures(result)}")
        return result

    def export(self, kind, path):
        file_format = {"xlsx": XLSX, "csv": CSV}[kind]()
        data = self.resource().export(Event.objects.all(), force_native_type=kind == "xlsx")
        written = file_format.export_data(data)
        path.write_bytes(written if kind == "xlsx" else written.encode())


def failures(result):
    """The first refused rows, in short."""
    errors = [str(each.error) for row in result.rows for each in row.errors]
    return (errors or [str(each.error) for each in result.invalid_rows])[:3]
