"""One row of a translator's sheet while it is judged."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.content.models import damage_message
from apps.content.translation_state import made_from, states
from apps.languages.fields import in_every_language, translated_fields
from apps.languages.graphemes import shorten
from apps.languages.legacy import Certainty
from apps.spreadsheets.columns import Column
from apps.spreadsheets.files.spoilt import spoilt_cells
from apps.spreadsheets.outcomes import Outcome
from apps.spreadsheets.records.drafts import digest
from apps.spreadsheets.refusals import with_nearest
from apps.spreadsheets.translators.addresses import unknown_row
from apps.spreadsheets.translators.columns import ADDRESS, language_name
from apps.spreadsheets.translators.questions import questions_about
from apps.spreadsheets.translators.texts import Text, digest_of_cells, is_original

# Of a text that a refusal quotes.
MOST_QUOTED = 60
# Of the source, beside its translation.
MOST_SHOWN = 400


class Case:
    def __init__(self, judge, number, cells):
        self.judge, self.cells, self.spoilt = judge, cells, spoilt_cells(cells, judge.places)
        self.outcome = Outcome(row=number, sheet=judge.number)
        # What the row is about: (model, id) of the whole, then the text.
        self.kind = self.whole = self.text = None
        # The new text, once it is known to be one.
        self.value, self.is_changed = "", False

    def cell(self, name):
        """What the row says in that column: nothing in a cell that is spoilt."""
        place = self.judge.places.get(name)
        return self.cells[place] if place is not None and place < len(self.cells) and name not in self.spoilt else ""

    def refuse(self, column, *sentences):
        if sentences:
            self.outcome.refuse(column, self.cell(column) if column else "", *sentences)

    # --- What it asks for ---------------------------------------------------------------------------------------------

    @property
    def typed(self):
        return self.cell(self.judge.target_name)

    @property
    def exported(self):
        """The digests of source, target and what stood beside them when the row was exported; ``""`` for each that it
        doesn't say.
        """
        source, target, beside, *_more = [*self.cell("version").strip().split("-"), "", "", ""]
        return source, target, beside

    @property
    def asks_for_nothing(self):
        """Nothing stands there, or what the export had written: a record may be gone, or be worked on by others."""
        return not self.typed.strip() or digest(self.typed) == self.exported[1]

    # --- Which text it is about ---------------------------------------------------------------------------------------

    def read_address(self):
        for column, told in self.spoilt.items():
            self.outcome.refuse(column, *told)
        kind, key, field = (self.cell(name).strip() for name in ADDRESS)
        self.outcome.name = " ".join(filter(None, [kind, key, field]))
        for name in ADDRESS:
            if not self.cell(name).strip() and name not in self.spoilt:
                self._refuse_address(name, _("Fill this in: it says which record the row is about."))
        if not (kind and key and field):
            return
        try:
            self.kind = self.judge.addresses.kind(kind)
        except ValidationError as error:  # no kind goes: something was written over it
            self.refuse("kind", *error.messages)
            return
        try:
            self.whole = self.judge.addresses.whole(self.kind, key)
        except ValidationError as error:
            self._refuse_address("key", *error.messages)

    def _refuse_address(self, column, *sentences):
        if not self.asks_for_nothing:
            self.refuse(column, *sentences)

    def find(self, rows):
        """``rows``: ``{(kind, key): row}`` of the whole."""
        key, field, kind = self.cell("key").strip(), self.cell("field").strip(), self.kind._meta.label_lower
        row = rows.get((kind, key)) or _only_one_called(rows, kind, key)
        if not self.kind.whole_relation:
            row = next(iter(rows.values()))  # the whole itself, by whatever name it was found
        if row is None:
            self._refuse_address("key", unknown_row(self.kind, key, rows))
            return
        fields = translated_fields(self.kind)
        if field not in fields:
            sentence = _("Records of this kind have no text “%(field)s”.") % {"field": shorten(field, MOST_QUOTED)}
            self.refuse("field", with_nearest(sentence, field, fields))
            return
        sheet = self.judge.sheet
        state = states(row).get(field, {}).get(sheet.target)
        self.text = Text(row, field, sheet.source, sheet.target, state)
        self.outcome.name = f"{self.text.record_label} · {self.text.label}"

    # --- What it says -------------------------------------------------------------------------------------------------

    def compare(self):
        if self.text is None:
            return
        self.outcome.pk = str(self.text.row.pk)
        first = self.judge.rows_by_text.setdefault((self.text.row.pk, self.text.name), self.outcome.row)
        if first != self.outcome.row:
            self.refuse("key", _("Row %(row)s is about the same text. Keep one of the two.") % {"row": first})
            self.judge.doubled.setdefault(first, self.outcome.row)
            return
        self._check_source()
        self._check_what_is_only_read()
        if self.asks_for_nothing or self.typed == self.text.target or self.outcome.errors:
            return
        self.value = self._read()
        if not self.outcome.errors and self._column.show(self.value) != self.text.target:
            self._check_right()
            self._check_state()
            if not self.outcome.errors:
                self._check_version()
            self._take()

    @property
    def _column(self):
        return Column(type(self.text.row), self.text.column)

    def _read(self):
        try:
            return self._column.value_of(self.typed)
        except ValidationError as error:
            self.refuse(self.judge.target_name, *error.messages)
            return ""

    def _check_source(self):
        """It is not written here. Was the cell edited, or is it the record whose text is another one by now?"""
        cell, exported = self.cell(self.judge.source_name), self.exported[0]
        if cell.split() in ([], self.text.source.split()) or digest(cell) == exported:
            return
        self.judge.forbidden.setdefault(self.judge.source_name, self.outcome.row)
        sentence = _("You may not change this column. The portal has: “%(text)s”.")
        self.refuse(self.judge.source_name, sentence % {"text": shorten(self.text.source, MOST_SHOWN)})

    def _check_what_is_only_read(self):
        """A translation in the wrong column would be lost without a word."""
        wrong = [name for name, known in self._only_read() if self.cell(name).strip() and not known(self.cell(name))]
        for name in wrong:
            self.judge.forbidden.setdefault(name, self.outcome.row)
            self.refuse(name, _("This column is only for reading. Write the translation beside the source."))

    def _only_read(self):
        yield "state", lambda cell: cell.strip().casefold() in self.judge.state_labels
        exported, names = self.exported[2], self.text.beside
        if exported in {"", digest_of_cells(map(self.cell, names))} or not names.keys() <= self.judge.places.keys():
            return
        # One of them is not what it was; which? Not one that says what the record says now.
        for name in names:
            texts = in_every_language(lambda name=name: self.text.beside[name])
            yield name, lambda cell, texts=texts: cell.split() in [text.split() for text in texts]

    def _check_right(self):
        bringing, whole = self.judge.bringing, type(self.text.row.whole)
        if not (bringing.may_write(self.kind, self.text.column) and bringing.knows(whole)):
            self.judge.forbidden.setdefault(self.judge.target_name, self.outcome.row)
            self.refuse(self.judge.target_name, _("You may not change this column."))

    def _check_state(self):
        if self.text.state is not None:
            return
        row, name, sheet = self.text.row, self.text.name, self.judge.sheet
        if is_original(row, name, sheet.target):
            sentence = _("This text was first written in %(language)s. Change it on the page of its record.")
            self.refuse(self.judge.target_name, sentence % {"language": language_name(sheet.target)})
        else:
            self.refuse(self.judge.target_name, _("There is no text to translate here any more."))

    def _check_version(self):
        source, target, _beside = self.exported
        if bool(source) != bool(target):
            self.refuse("version", _("This was not in the export. Leave the column as it is, or empty this cell."))
        elif not source and self.text.target.strip():
            sentence = _(
                "There is a translation: “%(now)s”. Without its version nobody can tell whether this row is older than "
                "that. Export it again and enter your change there."
            )
            self.refuse(self.judge.target_name, sentence % {"now": shorten(self.text.target, MOST_QUOTED)})
        elif source and source != digest(self.text.source):
            sentence = _(
                "The %(language)s of “%(name)s” has changed since this sheet was exported. It says now: “%(now)s”. "
                "Export it again and translate that."
            )
            facts = {"language": language_name(self.judge.sheet.source), "now": shorten(self.text.source, MOST_QUOTED)}
            self.refuse(self.judge.target_name, sentence % (facts | {"name": self.outcome.name}))
        elif target and target != digest(self.text.target) and not self._is_own():
            sentence = _(
                "Somebody has changed the %(language)s of “%(name)s” since this sheet was exported. It says now: "
                "“%(now)s”. Yours: “%(yours)s”. Export it again and enter your change there."
            )
            facts = {"language": language_name(self.judge.sheet.target), "now": shorten(self.text.target, MOST_QUOTED)}
            facts |= {"name": self.outcome.name, "yours": shorten(self.typed, MOST_QUOTED)}
            self.refuse(self.judge.target_name, sentence % facts)

    def _is_own(self):
        """A translator keeps a sheet and brings it again and again: their own last coming changed the text."""
        known = self.judge.own_texts.get((self.outcome.pk, self.text.name, self.cell("version").strip()), ())
        return digest(self.text.target) in known

    def _take(self):
        if self.outcome.errors:
            return
        text, whole = self.text, self.text.row.whole
        self.is_changed = True
        self.outcome.model = self.kind._meta.label_lower
        self.outcome.source = shorten(text.source, MOST_SHOWN)
        self.outcome.cells = {self.judge.target_name: [text.target, self._column.show(self.value)]}
        self.outcome.values = {"whole": [whole._meta.label_lower, str(whole.pk)], "field": text.name}
        self.outcome.seen, self.outcome.version = digest(text.source), self.cell("version").strip()
        old = made_from(text.row, text.name, text.language)
        self.outcome.outdated = {} if old is None else {text.language: {text.name: old}}
        self.judge.written.add((self.outcome.model, text.column))

    def doubt(self):
        """What may be damage from an old font, but is not sure enough to be refused."""
        damage = getattr(self.text.row, "damage", {}).get(self.text.column, [])
        doubts = [damage_message(run) for run in damage if run.certainty < Certainty.CERTAIN]
        self.outcome.doubts += [[self.judge.target_name, doubt] for doubt in doubts]

    def ask(self):
        """What the translate screen would ask, too."""
        sentences = questions_about(self.text, self.value or "")
        self.outcome.doubts += [[self.judge.target_name, sentence] for sentence in sentences]


def _only_one_called(rows, kind, key):
    """The row that has ``key`` but for capital letters and spaces, if just one has."""
    wanted = "".join(key.split()).casefold()
    found = [row for (label, each), row in rows.items() if label == kind and each.casefold() == wanted]
    return found[0] if len(found) == 1 else None
