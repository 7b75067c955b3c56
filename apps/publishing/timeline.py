"""The history of a record as its page lists it: who, when, how, and what changed."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.content.models import State
from apps.publishing import deleted, history, presenting, snapshots
from apps.publishing.models import Edition

# So many changes are named; the comparison shows the others.
NAMED = 8
DELETED = "deleted"


@dataclass
class Row:
    """``kind``: "saved", "draft" or "deleted". ``before``: the version to compare with, None for the first."""

    kind: str
    at: datetime
    by: Model | None
    how: str
    id: int = 0
    before: int | None = None
    changes: list = field(default_factory=list)
    more: int = 0
    editions: list = field(default_factory=list)


def places(record):
    """``[(time, version id, kind), …]``, newest first, and when the record was deleted for a while."""
    notes = [(note.action_time, note.pk, DELETED) for note in deleted.notes(type(record), record.pk)]
    return sorted([*history.outline(type(record), record.pk), *notes], reverse=True)


def rows(record, places, start, stop):
    """The :class:`Row` of each of ``places[start:stop]``, in a number of queries that does not grow with them."""
    shown, before = places[start:stop], [_before(places, place) for place in range(start, stop)]
    ids = {version for _at, version, kind in shown if kind != DELETED} | {*before}
    entries, editions = history.read(type(record), record.pk, ids), _editions(record, places)
    notes = {note.pk: note for note in deleted.notes(type(record), record.pk)}
    found = []
    for (at, key, kind), other in zip(shown, before, strict=True):
        if kind == DELETED:
            found.append(Row(kind, at, notes[key].user, _("Deleted.")))
        else:
            found.append(_row(entries[key], entries.get(other), editions.get(key, [])))
    return found


def _before(places, place):
    """What a version is compared with: saved text with the saved text before, a draft with whatever was before."""
    wanted = {"saved"} if places[place][2] == "saved" else {"saved", "draft"}
    return next((version for _at, version, other in places[place + 1 :] if other in wanted), None)


def _row(entry, before, editions):
    row = Row(entry.kind, entry.at, entry.by, how(entry), entry.id, before and before.id, editions=editions)
    if before is None:
        return row
    changes = [*life_changes(entry.record_model, before, entry)]
    changes += presenting.changed_labels(entry.record_model, before.snapshot, entry.snapshot)
    row.changes, row.more = changes[:NAMED], max(len(changes) - NAMED, 0)
    return row


def how(entry):
    """The way it was written, in the reader's language: it is kept in English."""
    if entry.comment:
        return _(entry.comment)
    if entry.kind == "draft":
        return _("Draft saved.")
    return "" if entry.by else _("By a command.")


def life_changes(model, before, after):
    """``["State: Draft → Published", "Publish at"]``: what a snapshot leaves out."""
    if "draft" in (before.kind, after.kind):
        return []
    names = [name for name in snapshots.LIFE if before.fields.get(name) != after.fields.get(name)]
    labels = {name: str(capfirst(model._meta.get_field(name).verbose_name)) for name in names}
    if "state" in labels:
        old, new = (_state(each.fields.get("state")) for each in (before, after))
        labels["state"] = f"{labels['state']}: {old} → {new}"
    return list(labels.values())


def _state(value):
    return State(value).label if value in State.values else str(value)


def _editions(record, places):
    """``{version id: [edition number, …]}``: which version was published as which edition."""
    found = {}
    if not getattr(record, "keeps_editions", False):
        return found
    for number, at in Edition.objects.about(record).values_list("number", "published_at"):
        version = next((version for then, version, kind in places if kind == "saved" and then <= at), None)
        found.setdefault(version, []).append(number)
    return found
