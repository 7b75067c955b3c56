"""Two people changed one record: what each of them changed is kept, and where both did, a person chooses.

Everything here works on snapshots (:mod:`apps.publishing.snapshots`) by their cells: ``("sections", id, "body_hi")``.
"""

import copy
from dataclasses import dataclass

# The cell that says whether a row is there at all.
ROW = ""


@dataclass(frozen=True)
class Conflict:
    """A cell that both changed, each in another way. ``mine`` or ``theirs`` is None for a row that was taken away."""

    cell: tuple
    base: object
    mine: object
    theirs: object


def merge(base, mine, theirs):
    """``(merged, conflicts)``: what ``mine`` and ``theirs`` each changed since ``base``, and :class:`Conflict` rows
    for what both did. There ``merged`` has mine.
    """
    merged, conflicts = copy.deepcopy(theirs), []
    for place in dict.fromkeys([*theirs, *mine]):
        if place == "record":
            merged[place] = _row((place, ""), base.get(place, {}), mine[place], theirs[place], conflicts)
        else:
            merged[place] = _rows(place, base.get(place, {}), mine.get(place, {}), theirs.get(place, {}), conflicts)
    return merged, conflicts


def choose(merged, conflicts, cells_of_theirs):
    """``merged`` with their side of those ``conflicts`` whose cell is in ``cells_of_theirs``."""
    chosen = copy.deepcopy(merged)
    for conflict in conflicts:
        if conflict.cell in cells_of_theirs:
            put(chosen, conflict.cell, conflict.theirs)
    return chosen


def get(snapshot, cell):
    """What stands in ``cell``; of a whole row its fields, ``None`` if it is not there."""
    place, pk, name = cell
    row = snapshot.get(place, {}) if place == "record" else snapshot.get(place, {}).get(pk)
    return row if row is None or name == ROW else row.get(name)


def put(snapshot, cell, value):
    place, pk, name = cell
    if place == "record":
        snapshot[place][name] = value
    elif name != ROW:
        snapshot[place][pk][name] = value
    elif value is None:
        snapshot[place].pop(pk, None)
    else:
        snapshot[place][pk] = value


def changed_cells(before, after):
    """The cells in which two snapshots differ, in the order of ``after``; a row that came or went is one cell."""
    found = []
    for place in dict.fromkeys([*after, *before]):
        old, new = before.get(place, {}), after.get(place, {})
        if place == "record":
            found += [(place, "", name) for name in {**new, **old} if old.get(name) != new.get(name)]
            continue
        for pk in {**new, **old}:
            if pk in old and pk in new:
                found += [(place, pk, name) for name in new[pk] if old[pk].get(name) != new[pk][name]]
            else:
                found.append((place, pk, ROW))
    return found


def _rows(place, base, mine, theirs, conflicts):
    rows = {}
    for pk in {**theirs, **mine}:
        known, here, there = base.get(pk), mine.get(pk), theirs.get(pk)
        if here is not None and there is not None:
            rows[pk] = _row((place, pk), known or {}, here, there, conflicts)
        elif known is None or (here or there) != known:
            # Added by one; or taken away by one and changed by the other, who would lose it.
            if known is not None:
                conflicts.append(Conflict((place, pk, ROW), known, here, there))
            if known is None or here is not None:
                rows[pk] = copy.deepcopy(here if here is not None else there)
    return rows


def _row(place, base, mine, theirs, conflicts):
    row = {}
    for name in {**theirs, **mine}:
        old, here, there = base.get(name), mine.get(name), theirs.get(name)
        if here in (there, old):
            row[name] = there
        elif there == old:
            row[name] = here
        elif isinstance(here, list) and isinstance(there, list):
            row[name] = _merged_links(old or [], here, there)
        elif isinstance(here, dict) and isinstance(there, dict):
            row[name] = _row(place, old or {}, here, there, [])
        else:
            row[name] = here
            conflicts.append(Conflict((*place, name), old, here, there))
    return {name: value for name, value in row.items() if value is not None or name in mine or name in theirs}


def _merged_links(base, mine, theirs):
    """Links to other records: what either added, without what either took away."""
    return sorted({*mine, *theirs} - (set(base) - set(mine)) - (set(base) - set(theirs)))
