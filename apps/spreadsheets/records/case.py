"""One row of a sheet while it is judged: which record it is about, what it says, and what is wrong with it."""

import uuid

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from apps.content.models import damage_message
from apps.languages.fields import columns as translations
from apps.languages.fields import reading, translated_fields
from apps.languages.legacy import Certainty
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.files.spoilt import spoilt_cells
from apps.spreadsheets.outcomes import CHANGED, NEW, REFUSED, Outcome
from apps.spreadsheets.records.version import is_untouched, refuse_over_newer
from apps.spreadsheets.relations import RelationColumn


class Case:
    """One row while it is judged."""

    def __init__(self, judge, number, cells):
        self.judge, self.cells, self.spoilt = judge, cells, spoilt_cells(cells, judge.places)
        self.outcome = Outcome(row=number, sheet=judge.number)
        self.pk, self.key, self.exists, self.is_new = None, (), False, False
        self.values, self.record, self.waits = {}, None, False

    def text(self, name):
        """What the row says in that column: nothing in a cell that is spoilt."""
        place = self.judge.places.get(name)
        return self.cells[place] if place is not None and place < len(self.cells) and name not in self.spoilt else ""

    def refuse(self, column, *sentences):
        self.outcome.refuse(column, self.text(column) if column else "", *sentences)

    def _refuse_spoilt(self):
        for column, told in self.spoilt.items():
            if column not in self.judge.sheet.keys:
                self.outcome.refuse(column, *told)

    # --- Which record it is about -------------------------------------------------------------------------------------

    def find(self):
        self._find()
        if self.outcome.errors:
            self._refuse_spoilt()

    def _find(self):
        self.outcome.name = self._key_as_written()
        key = []
        for column in self.judge.keys:
            if column.name in self.spoilt:
                self.outcome.refuse(column.name, *self.spoilt[column.name])
                continue
            text = self.text(column.name).strip()
            if not text or text.casefold() == CLEAR:
                self.refuse(column.name, _("Fill this in: it says which record the row is about."))
                continue
            value = self._read(column, text)
            key += value if isinstance(value, tuple) else [value]
        if self.outcome.errors:
            return
        self.key = tuple(key)
        first = self.judge.rows_by_key.setdefault(self.key, self.outcome.row)
        if first != self.outcome.row:
            sentence = _("Row %(row)s is about the same record. Keep one of the two.")
            self.refuse(self.judge.keys[0].name, sentence % {"row": first})
            self.judge.doubled.setdefault(first, self.outcome.row)
            return
        self.pk = self.judge.ids.get(self.key)
        self.exists = self.pk is not None and self.pk not in self.judge.made

    def _read(self, column, text):
        try:
            return column.value_of(text)
        except ValidationError as error:
            self.refuse(column.name, *error.messages)
            self.waits = self.waits or isinstance(column, RelationColumn)
            return None

    def _call(self, label):
        if label:
            # Many a note has a section “Introduction”.
            key = self._key_as_written()
            self.outcome.name = f"{label} ({key})" if len(self.judge.keys) > 1 else label

    def _key_as_written(self):
        return "/".join(filter(None, (self.text(column.name).strip() for column in self.judge.keys)))

    # --- What it says -------------------------------------------------------------------------------------------------

    def compare(self, known):
        """Keeps what differs from ``known``, the record's values."""
        self._refuse_spoilt()
        self.outcome.pk, self.outcome.seen = str(self.pk), known["updated_at"].isoformat()
        if not self.judge.bringing.everything:
            self.outcome.model = self.judge.sheet.model._meta.label_lower
        cells, width = self.cells, len(self.cells)
        differing = []
        for column, place, stored in self.judge.compared:
            text = cells[place] if place < width else ""
            if text and text != (before := column.show(known[stored])) and text.strip():
                differing.append((column, text, before, known[stored]))
        if differing and not is_untouched(self, known["updated_at"]):
            for each in differing:
                self._take(*each)
        if self.values or self.outcome.errors:  # most rows say what is there already, and nobody reads their names
            self._call(next((label for name in self.judge.label if (label := known[name])), ""))
        if self.values:
            refuse_over_newer(self, known["updated_at"])

    def begin(self):
        """No record has this key: the row makes one."""
        self._refuse_spoilt()
        if not self.judge.bringing.everything:
            self.judge.forbidden.setdefault("", self.outcome.row)
            self.refuse("", _("There is no such record, and you may not make one."))
            return
        if self.text("version").strip():
            sentence = _(
                "No record has this key any more: the record was deleted, or its key changed, here or in the sheet. "
                "To make a new record, empty this cell."
            )
            self.refuse("version", sentence)
            return
        self.is_new = True
        self.pk = self.judge.ids.setdefault(self.key, uuid.uuid4())
        self.outcome.pk = str(self.pk)
        self.judge.made[self.pk] = self.outcome.row
        if len(self.judge.keys) == 1:
            names = [self.text(name) for name in self.judge.names]
            self.judge.sheet.known[self.judge.sheet.model].learn_key(self.pk, str(self.key[0]), names)
        if self.judge.is_content:
            self.judge.made.learn(self.judge.sheet.model, self.key[0], self.pk)
        for column in self.judge.columns:
            if (text := self.text(column.name)).strip():
                self._take(column, text, "")

    def _take(self, column, text, before, old=None):
        if column.name in self.spoilt:
            return
        value = self._read(column, text)
        if self.outcome.errors and self.outcome.errors[-1][0] == column.name:
            if not self.judge.bringing.may_write(self.judge.sheet.model, column.name):
                self.judge.forbidden.setdefault(column.name, self.outcome.row)
            return
        after = column.show(value)
        if after == before or self._is_as_readers_see_it(column, after):
            return
        if not self.judge.bringing.may_write(self.judge.sheet.model, column.name):
            self.judge.forbidden.setdefault(column.name, self.outcome.row)
            self.refuse(column.name, _("You may not change this column."))
            return
        self.judge.written.add((self.judge.sheet.model._meta.label_lower, column.name))
        self.values[column.name] = value
        self.outcome.cells[column.name] = [before, after]
        kept = column.kept(value)
        if kept != after:
            self.outcome.values[column.name] = kept
        if self.exists and (kept := column.kept(old)) != before:
            self.outcome.olds[column.name] = kept
        if isinstance(column, RelationColumn):
            self._need(pk for _model, pk in column.targets(value))
        elif column.name in self.judge.markdown:
            self._need(self.judge.made.referred_to(value))

    def _need(self, pks):
        self.outcome.needs += [str(pk) for pk in pks if pk in self.judge.made and pk != self.pk]

    def _is_as_readers_see_it(self, column, text):
        """A sheet has the published texts: where the draft says something else, such a cell was left as it was."""
        _texts, published = self.judge.drafts.get(self.pk, ({}, {}))
        return bool(published) and text == column.show(published[column.stored[0] if column.stored else column.name])

    # --- The record it makes of it ------------------------------------------------------------------------------------

    def fill(self, record):
        self.record = self.judge.blank(self.pk) if record is None else record
        texts, _published = self.judge.drafts.get(self.pk, ({}, {}))
        for name, text in texts.items():
            setattr(self.record, name, text)
        self.outcome.outdated = self.record.outdated
        for name, value in self.values.items():
            self.judge.sheet.columns[name].put(self.record, value)

    def check(self, *, last):
        """By the model's own rules; a bare bilingual name only repeats what its language columns are told."""
        model, columns = type(self.record), self.judge.sheet.columns
        wrong = [columns[name] for name, *_rest in self.outcome.errors if name in columns]
        refused = {name for column in wrong for name in column.fields_behind}
        relations = [field for field in model._meta.fields if field.is_relation]
        linked = [field.name for field in relations if getattr(self.record, field.attname)]
        try:
            exclude = {*refused, *translated_fields(model), *linked}
            self.record.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._refuse_all(error)
        for clash in self.judge.uniqueness.check(self.record, self.outcome.row, last=last):
            if clash.sentence:
                self.refuse(clash.column, clash.sentence)
                self.waits = self.waits or clash.may_wait
            else:
                self.outcome.needs.append(str(clash.holder))
        self._call(model.label_field and reading(self.record, model.label_field).text)
        if self.outcome.kind != REFUSED:
            self.outcome.kind = NEW if self.is_new else CHANGED
            self._doubt()
            return
        self.waits = self.waits and self.may_wait
        if self.is_new and not (self.waits and not last):
            self.judge.sheet.known[model].refuse(self.pk, self.outcome.row)
            if self.judge.is_content:
                self.judge.made.forget(model, self.key[0])

    def needs(self, pks):
        return not pks.isdisjoint(self.outcome.needs) and self.may_wait

    @property
    def may_wait(self):
        """Whether rows below may put everything right that is wrong with it."""
        return all(self._may_be_put_right(column) for column, *_rest in self.outcome.errors)

    def _may_be_put_right(self, column):
        known = self.judge.sheet.columns.get(column)
        once = column in self.judge.uniqueness.names or not column
        return once or isinstance(known, RelationColumn) or column in self.judge.markdown

    def _refuse_all(self, error):
        columns = self.judge.sheet.columns
        column_of = {name: each.name for each in columns.values() for name in each.fields_behind}
        unknown = self._unknown_name
        for name, errors in error.error_dict.items():
            if name in unknown:
                continue
            messages = [sentence for each in errors for sentence in _as_in_the_form(each)]
            self.refuse("" if name == NON_FIELD_ERRORS else column_of.get(name, name), *messages)
            self.waits = self.waits or name in self.judge.markdown

    @property
    def _unknown_name(self):
        """The columns of its name, where all are empty but for a spoilt one: none of them is wrong for being empty."""
        field = self.record.label_field
        names = translations(field) if field and self.spoilt else []
        return names if not self.spoilt.keys().isdisjoint(names) and not reading(self.record, field) else []

    def _doubt(self):
        for name, damage in self.record.damage.items():
            if name in self.outcome.cells:
                doubts = [run for run in damage if run.certainty < Certainty.CERTAIN]
                self.outcome.doubts += [[name, damage_message(run)] for run in doubts]


def _as_in_the_form(error):
    """What the form says where a field is empty that may not be; a model speaks of null."""
    return [forms.Field.default_error_messages["required"]] if error.code in {"null", "blank"} else error.messages
