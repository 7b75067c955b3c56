"""A sheet of records of one kind: which columns it has, and the texts of its rows."""

from functools import cached_property

from django.utils.functional import lazy

from apps.content.models import record_models
from apps.languages.fields import in_every_language, plain_rows
from apps.spreadsheets.declaration import columns_of
from apps.spreadsheets.headings import accepted_headings
from apps.spreadsheets.keys import KnownKeys, key_names
from apps.spreadsheets.outward import OutwardSheet
from apps.spreadsheets.records.drafts import (
    changes_of,
    for_drafts,
    kept_in_drafts,
    put_back_changes,
    refuse_without_drafts,
    touched_changes,
    write_changes,
)
from apps.spreadsheets.records.judging import Judge
from apps.spreadsheets.records.undoing import put_back_records, touched_records
from apps.spreadsheets.records.version import VersionColumn, digest
from apps.spreadsheets.records.writing import write_records
from apps.spreadsheets.relations import RelationsColumn
from apps.spreadsheets.working import desk


class RecordSheet(OutwardSheet):
    """The sheet of ``model``. ``known``: the keys that several sheets of one workbook share. ``through_drafts``: who
    brings it writes only some languages (:mod:`apps.spreadsheets.records.drafts`).
    """

    def __init__(self, model, known=None, through_drafts=False):
        self.through_drafts, self.known = through_drafts, KnownKeys() if known is None else known
        super().__init__(model, columns_of(model, self.known).values())
        self.keys = key_names(model)
        self.version = VersionColumn()

    @property
    def all_columns(self):
        """With the version's, which is no field."""
        return [*super().all_columns, self.version]

    def texts_of(self, values):
        *texts, version = super().texts_of(values)
        return [*texts, f"{version} {digest(texts)}"]

    @property
    def kind_title(self):
        return self.title

    @property
    def titles(self):
        """What the tab of the sheet may be called, casefolded: its title in every language."""
        return {title.casefold() for title in in_every_language(lambda: self.title)}

    @property
    def headings(self):
        """``{column name: [heading, …]}``: all that a header may say."""
        labels = {each.name: label_of(each) for each in self.all_columns}
        return accepted_headings(labels)

    @cached_property
    def parts(self):
        """The sheets that stand beside it in a workbook: of a note, its sections."""
        return [
            RecordSheet(model, self.known, self.through_drafts)
            for model in record_models()
            if model.whole_relation and model._meta.get_field(model.whole_relation).related_model is self.model
        ]

    def rows_of(self, pks):
        """``{pk: {stored name: value, "updated_at": …, "organisations": [pk, …]}}`` for the records with these ids."""
        names = ["pk", "updated_at", *self.stored]
        rows = plain_rows(self.model._base_manager.filter(pk__in=pks)).values_list(*names)
        found = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
        for column in self.columns.values():
            if isinstance(column, RelationsColumn):
                for pk, targets in links_of(column.model_field, found).items():
                    found[pk][column.name] = targets
        return found

    # --- On the way in ------------------------------------------------------------------------------------------------

    def judge(self, places, bringing, made, number):
        return Judge(self, places, bringing, made, number, working=desk.texts)

    def write(self, outcomes, by):
        if for_drafts(outcomes):
            return write_changes(changes_of(self.model, outcomes), by)
        if self.through_drafts:
            refuse_without_drafts(outcomes)
        return write_records(self, outcomes, by)

    def touched(self, part, own=frozenset()):
        outcomes = kept_in_drafts(part)
        return touched_changes(changes_of(self.model, outcomes)) if outcomes else touched_records(self, part, own)

    def put_back(self, part, by):
        """Returns the moment at which the records were written, if they were."""
        if outcomes := kept_in_drafts(part):
            return put_back_changes(changes_of(self.model, outcomes), by)
        return put_back_records(self, part, by)

    # --- Rows ---------------------------------------------------------------------------------------------------------

    def of(self, wholes):
        """The ids of the parts of these records, in their order."""
        parts = self.model._base_manager.filter(**{f"{self.model.whole_relation}__in": wholes})
        return list(parts.order_by(*self.model._meta.ordering).values_list("pk", flat=True))


def links_of(field, pks):
    """``{pk: [pk, …]}``: what the rows with ids ``pks`` are linked to by ``field``, many to many."""
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    found = {pk: [] for pk in pks}
    rows = field.remote_field.through._base_manager.filter(**{f"{own}__in": list(found)}).values_list(own, other)
    for pk, target in rows:
        found[pk].append(target)
    return found


def label_of(column):
    """Its label in whichever language is active when it is read."""
    return lazy(lambda: str(column.label), str)()
