"""Import and export of one kind of record, derived from its declaration: no model lists its columns twice."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult

from apps.languages.fields import translated_fields
from apps.spreadsheets.arrange import arranged, is_blank
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.declaration import columns_of
from apps.spreadsheets.keys import key_names
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.relations import waiting_links


class Changes:
    """The cells of one record before and after its row, in the place of the library's character-wise HTML."""

    def __init__(self, resource, record, new):
        self.before = [""] * len(resource.fields) if new else resource.cells(record)
        self.after = self.before

    def compare_with(self, resource, record):
        self.names, self.after = resource.get_diff_headers(), resource.cells(record)

    def as_html(self):
        """``[(column, before, after), …]``, only what changes; not HTML yet, as most of it is never shown."""
        pairs = zip(self.names, self.before, self.after, strict=True)
        return [(name, before, after) for name, before, after in pairs if before != after]


class SheetResource(ModelResource):
    """A sheet of records. Only what its rows say is changed, and all of it or nothing is."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        chunk_size = 500

    @classmethod
    def get_diff_class(cls):
        return Changes

    def cells(self, record):
        return [column.export(record) for column in self.get_import_fields()]

    def filter_export(self, queryset, **kwargs):
        if not queryset.query.order_by:
            queryset = queryset.order_by(*self._meta.model._meta.ordering, "pk")
        return self.with_links(queryset)

    def with_links(self, queryset):
        """Links as ids only: their keys are known from one query for each kind of record."""
        links = self._meta.model._meta.many_to_many
        ids = [Prefetch(link.name, link.related_model._base_manager.only("pk").order_by()) for link in links]
        return queryset.prefetch_related(*ids)

    def import_data(self, dataset, dry_run=False, raise_errors=False, **kwargs):
        kwargs.setdefault("rollback_on_validation_errors", True)
        try:
            dataset = arranged(dataset, self.fields, self.get_import_id_fields())
        except Refused as refusal:
            result = self.get_result_class()()
            for sentence in refusal.sentences:
                self.handle_import_error(result, Refused(sentence), raise_errors)
            return result
        return super().import_data(dataset, dry_run=dry_run, raise_errors=raise_errors, **kwargs)

    def import_row(self, row, instance_loader, **kwargs):
        return RowResult() if is_blank(row.values()) else super().import_row(row, instance_loader, **kwargs)

    def get_instance(self, instance_loader, row):
        lookup, errors = {}, {}
        for name in self.get_import_id_fields():
            text = row[name].strip()
            if not text or text.casefold() == CLEAR:
                errors[name] = _("Fill this in: it says which record the row is about.")
                continue
            try:
                lookup |= self.fields[name].lookup(self.fields[name].read(text))
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)
        return self.with_links(self.get_queryset()).filter(**lookup).first()

    def import_instance(self, record, row, **kwargs):
        errors = {}
        for name, text in row.items():
            try:
                self.fields[name].take(record, text)
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)

    def skip_row(self, record, original, row, import_validation_errors=None):
        return not import_validation_errors and not record._state.adding and self.cells(record) == self.cells(original)

    def validate_instance(self, record, import_validation_errors=None, validate_unique=True):
        """The rules of the admin form; a bare bilingual name only repeats what its language columns are told."""
        errors = dict(import_validation_errors or {})
        refused = {name for column in errors for name in self.fields[column].fields_behind}
        try:
            record.full_clean(exclude={*refused, *translated_fields(type(record))}, validate_unique=validate_unique)
        except ValidationError as error:
            column_of = {name: column for column, each in self.fields.items() for name in each.fields_behind}
            for name, messages in error.error_dict.items():
                errors.setdefault(column_of.get(name, name), []).extend(messages)
        if errors:
            raise ValidationError(errors)

    def after_save_instance(self, record, row, **kwargs):
        for column in self.fields.values():
            column.learn(record)

    def after_import_row(self, row, row_result, **kwargs):
        row_result.original = None  # a copy of every record is too much to keep

    def save_m2m(self, record, row, **kwargs):
        for name, pks in waiting_links(record).items():
            getattr(record, name).set(pks)


@cache
def resource_for(model):
    """The :class:`SheetResource` of ``model``, a record."""
    columns = columns_of(model)
    options = {"model": model, "fields": list(columns), "import_id_fields": key_names(model)}
    attributes = {**columns, "Meta": type("Meta", (), options)}
    return type(SheetResource)(f"{model.__name__}Resource", (SheetResource,), attributes)
