"""Texts that somebody who writes only some languages brings: they go the way of the translate screen, into the draft of
a record that readers see, else into the record itself.

No time of a change says whether such a text is still what it was, for a draft has its own: the texts are compared.
"""

import copy
import hashlib
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.languages.fields import column, column_place
from apps.spreadsheets.columns import LOOKS_LIKE_CLEAR, Column
from apps.spreadsheets.outcomes import REFUSED, Conflict, Outcome, Touched
from apps.spreadsheets.records.undoing import UNDONE
from apps.spreadsheets.records.wholes import rows_of, wholes_of, working_wholes
from apps.spreadsheets.records.writing import IMPORTED
from apps.spreadsheets.working import desk

BEFORE, AFTER = 0, 1
# Rows that are written in one transaction: a draft takes some 30 ms, of a long note more.
ROWS_A_PART = 50


@dataclass
class Change:
    """What an ``outcome`` does to the row ``pk``, which is ``whole`` (``(model, id)``) or a part of it.

    ``cells``: ``{"title_hi": [before, after]}``, as texts of cells. ``source``: of a translation the column that it is
    made from, and the :func:`digest` of what stood there at the preview.
    """

    outcome: Outcome
    whole: tuple
    pk: str
    cells: dict
    source: tuple = ()

    def stands(self, row, place):
        """Whether the cells of ``row`` say what they said :data:`BEFORE` or :data:`AFTER` the import."""
        return all(shown(row, name) == texts[place] for name, texts in self.cells.items())

    def is_as_seen(self, row):
        name, seen = self.source or ("", "")
        return self.stands(row, BEFORE) and (not name or digest(shown(row, name)) == seen)

    def put(self, row, place):
        for name, texts in self.cells.items():
            setattr(row, name, _unshown(texts[place]))

    def put_back_state(self, row, outdated):
        """In ``outdated``, what the row says of its translations: an old text that came back is as outdated as it was,
        or as the source has made it since.
        """
        for name in self.cells:
            field, language = column_place(type(row), name)
            now = outdated.setdefault(language, {})
            made_from = self.outcome.outdated.get(language, {}).get(field, now.pop(field, None))
            source = getattr(row, column(field, row.written_in)) or ""
            if made_from is not None and made_from.split() != source.split() and (getattr(row, name) or "").strip():
                now[field] = made_from
            if not now:
                del outdated[language]


def shown(row, name):
    """The text of the cell for the language column ``name`` of ``row``."""
    return Column(type(row), name).show(getattr(row, name))


def _unshown(text):
    """The text that :func:`shown` has shown so, to the last space."""
    return text[1:] if LOOKS_LIKE_CLEAR.fullmatch(text) else text


def digest(text):
    """A short text that is another one as soon as ``text`` is."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def for_drafts(outcomes):
    """Whether they were judged for somebody who writes only some languages; all of a file were, or none."""
    return any(each.model for each in outcomes)


def kept_in_drafts(part):
    """The outcomes of a written part that went this way."""
    return [each for each in part.read() if each.kind != REFUSED and each.model]


def refuse_without_drafts(outcomes):
    """They were judged for somebody who wrote everything, and may do so no longer."""
    sentence = _("Your rights have changed since the preview. Look at the preview again.")
    for each in outcomes:
        each.errors.append(["", "", sentence])
    raise Conflict(outcomes)


def changes_of(model, outcomes):
    """The changes of the rows of a sheet of records; the whole of one that was deleted since is ``(model, None)``."""
    wholes = wholes_of(model._base_manager.filter(pk__in=[each.pk for each in outcomes]).order_by())
    known = {str(pk): whole for pk, whole in wholes.items()}
    return [Change(each, known.get(each.pk, (model, None)), each.pk, each.cells) for each in outcomes]


# --- Writing ----------------------------------------------------------------------------------------------------------


def write_changes(changes, by):
    """Stores the texts; returns the moment. :class:`Conflict` if one is no longer what the preview showed."""
    conflicts = []
    for whole, own in _by_whole(changes):
        conflicts += _write(whole, own, by) if whole else _marked(own, _("This record was deleted after the preview."))
    if conflicts:
        raise Conflict(conflicts)
    return timezone.now()


def _write(whole, changes, by):
    """The outcomes that stay unwritten, each with its sentence."""
    with desk.rows(whole, by, IMPORTED) as worked_on:
        rows = {str(row.pk): row for row in rows_of(worked_on)}
        gone = [change for change in changes if change.pk not in rows]
        moved = [change for change in changes if change.pk in rows and not change.is_as_seen(rows[change.pk])]
        if not gone and not moved:
            for row, own in _by_row(changes, rows):
                for change in own:
                    change.put(row, AFTER)
                row.save(update_fields=[name for change in own for name in change.cells])
    return [
        *_marked(gone, _("This record was deleted after the preview.")),
        *_marked(moved, _("This record was changed after the preview. Look at the preview again.")),
    ]


def _marked(changes, sentence):
    for change in changes:
        change.outcome.errors.append(["", "", str(sentence)])
    return [change.outcome for change in changes]


# --- Undoing ----------------------------------------------------------------------------------------------------------


def touched_changes(changes):
    """``[Touched, …]``: those whose texts are no longer what was imported."""
    found = []
    for model, own in _grouped(changes, lambda change: change.whole[0]):
        wholes = working_wholes(model, {change.whole[1] for change in own} - {None})
        rows = {str(row.pk): row for whole in wholes.values() for row in rows_of(whole)}
        for change in own:
            row = rows.get(change.pk)
            if row is None:
                found.append(Touched.by(change.outcome, _("It was deleted since."), *change.whole))
            elif not change.stands(row, AFTER):
                found.append(Touched.by(change.outcome, _("It was changed since."), *change.whole))
    return found


def put_back_changes(changes, by):
    for whole, own in _by_whole(changes):
        with desk.rows(whole, by, UNDONE) as worked_on:
            rows = {str(row.pk): row for row in rows_of(worked_on)}
            for row, each in _by_row(own, rows):
                outdated = copy.deepcopy(row.outdated or {})
                for change in each:
                    change.put(row, BEFORE)
                    change.put_back_state(row, outdated)
                row.outdated = outdated
                row.save(update_fields=[name for change in each for name in change.cells], keep_outdated=True)


# --- Changes by record ------------------------------------------------------------------------------------------------


def _by_whole(changes):
    """Yields ``(record or None, its changes)``; a query for each kind of record."""
    for model, of_model in _grouped(changes, lambda change: change.whole[0]):
        there = model._base_manager.in_bulk({change.whole[1] for change in of_model} - {None})
        for pk, own in _grouped(of_model, lambda change: change.whole[1]):
            yield there.get(pk), own


def _by_row(changes, rows):
    return [(rows[pk], own) for pk, own in _grouped(changes, lambda change: change.pk)]


def _grouped(changes, key):
    found = {}
    for change in changes:
        found.setdefault(key(change), []).append(change)
    return found.items()
