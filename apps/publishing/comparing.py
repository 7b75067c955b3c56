"""Two versions of a record beside each other, in groups: the record itself, then each of its parts."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.http import Http404
from django.utils import timezone

from apps.publishing import history, live, presenting, snapshots, timeline
from apps.publishing.merging import ROW

NOW = "now"


@dataclass
class Side:
    """One of the two: a version, or the text that editors work on now (``id`` is "now")."""

    id: str
    at: datetime
    by: object
    how: str
    snapshot: dict
    entry: history.Entry | None = None


@dataclass
class Group:
    """What stands in one ``part`` ("" for the record itself). ``came``/``went``: all of it, from one to the other."""

    key: str
    part: str
    rows: list = field(default_factory=list)
    came: bool = False
    went: bool = False


def sides(record, one, other):
    """``(older, newer)``: the two :class:`Side` that an address names by their version ids; 404 for a foreign one."""
    ids = {each: _number(each) for each in (one, other)}
    entries = history.read(type(record), record.pk, ids.values())
    chosen = []
    for each, number in ids.items():
        if each == NOW:
            chosen.append(_now(record))
        elif number in entries:
            chosen.append(_side(entries[number]))
        else:
            raise Http404
    return sorted(chosen * 2 if one == other else chosen, key=lambda side: (side.id == NOW, side.at, str(side.id)))


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _now(record):
    snapshot, _conflicts = live.working_copy(record)
    return Side(NOW, timezone.now(), None, "", snapshot)


def _side(entry):
    return Side(str(entry.id), entry.at, entry.by, timeline.how(entry), entry.snapshot, entry)


def grouped(shown):
    """A list of :class:`Group` for a list of :class:`~apps.publishing.presenting.Shown`."""
    pairs = groupby(shown, key=lambda each: each.cell[:2])
    found = [(cell, list(rows)) for cell, rows in pairs]
    return [Group("/".join((*cell, ROW)), rows[0].part, rows) for cell, rows in found]


def differences(model, older, newer):
    """The :class:`Group` list of what differs; of a part that came or went, all that stands in it."""
    groups = grouped(presenting.shown_differences(model, older.snapshot, newer.snapshot))
    for group in groups:
        if group.rows[0].cell[2] == ROW:
            place, pk, _name = group.rows[0].cell
            group.came = pk not in older.snapshot.get(place, {})
            group.went = not group.came
            group.rows = presenting.contents(model, (newer if group.came else older).snapshot, (place, pk))
    return groups


def life_changes(model, older, newer):
    return timeline.life_changes(model, older.entry, newer.entry) if older.entry and newer.entry else []


def chosen_cells(model, names, older, newer):
    """The cells that a form names ``sections/<id>/body_hi``, or ``sections/<id>/`` for all of a part."""
    parts, cells = snapshots.part_models(model), []
    for name in names:
        place, pk, field_name = (*name.split("/", 2), "", "")[:3]
        if place == "record":
            known = pk == "" and field_name in older.snapshot["record"]
        else:
            there = place in parts and any(pk in side.snapshot.get(place, {}) for side in (older, newer))
            known = there and (field_name == ROW or field_name in snapshots.kept_fields(parts[place]))
        if known and field_name != "outdated":
            cells.append((place, pk, field_name))
    return cells
