"""What the rows of a translator's sheet would do, told from the texts as they are worked on. Nothing is written."""

from functools import cached_property

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.content.translation_state import TranslationState
from apps.languages.fields import language_codes, translated_fields
from apps.spreadsheets.models import BatchPart
from apps.spreadsheets.outcomes import CHANGED, REFUSED
from apps.spreadsheets.records.drafts import ROWS_A_PART, digest
from apps.spreadsheets.records.wholes import working_wholes
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.translators.addresses import Addresses
from apps.spreadsheets.translators.cases import Case
from apps.spreadsheets.translators.columns import columns_of_others, language_name, source_name


class TranslationJudge:
    """Of one file. ``places``: ``{column name: place}``; ``bringing``: what whoever brings it may write; ``number``:
    which of the file's sheets it is. Raises :class:`Refused` for a sheet between other languages.
    """

    rows_a_part = ROWS_A_PART

    def __init__(self, sheet, places, bringing, number=0):
        self.sheet, self.places, self.bringing, self.number = sheet, places, bringing, number
        self.source_name, self.target_name = source_name(sheet.source), sheet.target_column
        self._refuse_other_languages()
        self.addresses = Addresses()
        # {column: row}: what the file changes although whoever brings it may not.
        self.forbidden = {}
        # {(label of the model, column)}: where it changes something.
        self.written = set()
        self.rows_by_text = {}
        # {row: the first one below it that is about the same text}
        self.doubled = {}
        # No row waits for another.
        self.later = []
        # Who brings the file; None for somebody at the server's terminal.
        self.by = None

    def _refuse_other_languages(self):
        languages = {"source": language_name(self.sheet.source), "target": language_name(self.sheet.target)}
        for name in columns_of_others(self.sheet.source, self.sheet.target):
            if name in self.places:
                sentence = _("This is a sheet between other languages. Here it must be from %(source)s to %(target)s.")
                raise Refused(sentence % languages)
        if self.target_name not in self.places:
            raise Refused(_("The column with the translations into %(target)s is missing.") % languages)

    def judge(self, rows, *, last=False):
        """``[Outcome, …]`` for ``rows``, ``[(number, [text, …]), …]``."""
        cases = [Case(self, number, cells) for number, cells in rows]
        for case in cases:
            case.read_address()
        wholes, rows_of = self._wholes(cases), {}
        for case in cases:
            if case.whole and (whole := wholes.get(case.whole)):
                if whole.pk not in rows_of:
                    rows_of[whole.pk] = self.addresses.of_rows(whole)
                case.find(rows_of[whole.pk])
            elif case.whole:
                case.refuse("key", _("This record was deleted."))
            case.compare()
        self._check([case for case in cases if case.is_changed])
        return [case.outcome for case in cases]

    @cached_property
    def own_texts(self):
        """``{(id, field, version): {digest, …}}``: what the same person brought by rows of that version before."""
        found = {}
        for each in BatchPart.objects.texts_brought(self.by, self.target_name):
            key = each.pk, each.values["field"], each.version
            found.setdefault(key, set()).add(digest(each.cells[self.target_name][1]))
        return found

    @cached_property
    def state_labels(self):
        """What the column of the states may say, casefolded, in every language."""
        found = set()
        for code in language_codes():
            with override(code):
                found |= {str(label).casefold() for label in TranslationState.labels}
        return found

    def _wholes(self, cases):
        """``{(model, id): record}``: the records that the rows are about or that hold them, as they are worked on."""
        wanted, found = {}, {}
        for case in cases:
            if case.whole:
                wanted.setdefault(case.whole[0], set()).add(case.whole[1])
        for model, pks in wanted.items():
            found |= {(model, pk): whole for pk, whole in working_wholes(model, pks).items()}
        return found

    # --- The rules of the form ----------------------------------------------------------------------------------------

    def _check(self, cases):
        """All new texts of one record together, by its own rules."""
        by_row = {}
        for case in cases:
            by_row.setdefault(case.text.row.pk, []).append(case)
        for own in by_row.values():
            row, before = own[0].text.row, {case.text.column: getattr(case.text.row, case.text.column) for case in own}
            after = {case.text.column: case.value for case in own}
            errors = _errors(row, after)
            self._say(own, errors)
            others = {sentence for name in errors.keys() - after.keys() for sentence in errors[name]}
            others -= {sentence for name in errors.keys() & after.keys() for sentence in errors[name]}
            if others:  # only those that were not wrong before
                others -= {sentence for sentences in _errors(row, before).values() for sentence in sentences}
                for case in own:
                    case.refuse("", *sorted(others))
            for case in own:
                if case.outcome.kind != REFUSED:
                    case.outcome.kind = CHANGED
                    case.ask()

    def _say(self, cases, errors):
        for case in cases:
            if case.text.column in errors:
                case.refuse(self.target_name, *errors[case.text.column])
            case.doubt()


def _errors(row, texts):
    """``{column: [sentence, …]}``: what the row's own rules say with these ``texts``."""
    for name, text in texts.items():
        setattr(row, name, text)
    row.address_is_checked = True
    linked = [field.name for field in row._meta.fields if field.is_relation and getattr(row, field.attname)]
    try:
        exclude = {*translated_fields(type(row)), *linked}
        row.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return {"" if name == NON_FIELD_ERRORS else name: each for name, each in error.message_dict.items()}
    return {}
