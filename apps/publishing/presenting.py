"""Differences between two snapshots in an editor's words: which field of which part, and what became of its text."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.languages.differences import Differences
from apps.languages.fields import column_labels, columns, language_codes, reading_order
from apps.languages.graphemes import shorten
from apps.publishing import snapshots
from apps.publishing.merging import ROW, changed_cells, get

# What a name may be as long as in a label.
LABEL = 60


@dataclass
class Shown:
    """One difference: its ``cell``, where it stands (``part``, "" for the record itself, and ``label``), the
    ``language`` of its text ("" if it has none), both sides as texts, and as marked HTML in one and side by side.
    """

    cell: tuple
    part: str
    label: str
    language: str
    before: str
    after: str
    html: str = ""
    left: str = ""
    right: str = ""

    @property
    def name(self):
        """What the cell is called in a form."""
        return "/".join(self.cell)


def shown_differences(model, before, after, cells=None):
    """A list of :class:`Shown` for all cells that differ, or for ``cells``."""
    differences, names = Differences(), _related_names(model, before, after)
    found = []
    for cell in _known(model, changed_cells(before, after) if cells is None else cells):
        each = _shown(model, cell, before, after, names)
        if not each.before and not each.after:  # a field that one of the two is too old to have
            continue
        each.html = differences.html(each.before, each.after)
        each.left, each.right = differences.side_by_side(each.before, each.after)
        found.append(each)
    return found


def changed_labels(model, before, after):
    """``["Title · Hindi", "Section “The beginnings” · Text · English", …]``: what differs, without the texts."""
    shown = [_shown(model, cell, before, after, {}) for cell in _known(model, changed_cells(before, after))]
    labels = [" · ".join(filter(None, [each.part, each.label])) for each in shown if each.before or each.after]
    return list(dict.fromkeys(labels))


def contents(model, snapshot, part=None):
    """A list of :class:`Shown` for all that stands in ``snapshot``, or in ``part`` of it: ``("sections", id)``."""
    rows = [("record", "")] + [(place, pk) for place in snapshots.part_models(model) for pk in snapshot.get(place, {})]
    names = _related_names(model, snapshot)
    cells = [(*row, name) for row in ([part] if part else rows) for name in get(snapshot, (*row, ROW))]
    shown = [_shown(model, cell, snapshot, snapshot, names) for cell in _known(model, cells)]
    return [each for each in shown if each.after]


def _known(model, cells):
    """Those of ``cells`` that an editor sees, in fields that the model still has."""
    kinds = {"record": model, **snapshots.part_models(model)}
    return [
        (place, pk, name)
        for place, pk, name in cells
        if place in kinds and name != "outdated" and (name == ROW or name in snapshots.kept_fields(kinds[place]))
    ]


def part_label(model, snapshot, cell, names=None):
    """``Section “The beginnings”``, ``Citation “Report, 1990”``; "" for the record itself."""
    place, pk, _name = cell
    if place == "record":
        return ""
    kind = snapshots.part_models(model)[place]
    row = get(snapshot, (place, pk, ROW)) or {}
    name = next((row[each] for each in label_columns(kind) if row.get(each)), "") or _first_link(kind, row, names)
    kind_name = capfirst(kind._meta.verbose_name)
    return f"{kind_name} “{shorten(name, LABEL)}”" if name else str(kind_name)


def label_columns(kind):
    """The columns that name a row of ``kind``, the reader's language first."""
    names = columns(kind.label_field) if kind.label_field else []
    return sorted(names, key=lambda name: reading_order().index(name.rpartition("_")[2]))


def _first_link(kind, row, names):
    """What a row without a name of its own is about: the source of a citation."""
    links = [field.name for field in snapshots.kept_fields(kind).values() if field.many_to_one]
    return next(((names or {}).get(row.get(each), "") for each in links), "")


def _shown(model, cell, before, after, names):
    place, _pk, name = cell
    kind = snapshots.kind_of(model, place)
    side = after if get(after, (*cell[:2], ROW)) is not None else before
    part = part_label(model, side, cell, names)
    if name == ROW:
        gone = get(after, cell) is None
        label = pgettext("part of a record", "taken away") if gone else pgettext("part of a record", "added")
        sides = [_whole_row(kind, get(side, cell), names) for side in (before, after)]
        return Shown(cell, part, label, "", *sides)
    field = snapshots.kept_fields(kind)[name]
    label = str(column_labels(kind).get(name) or capfirst(field.verbose_name))
    language = name.rpartition("_")[2] if hasattr(field, "translated_field") else ""
    return Shown(cell, part, label, language, *[_in_words(field, get(side, cell), names) for side in (before, after)])


def _whole_row(kind, fields, names):
    if fields is None:
        return ""
    texts = [_in_words(snapshots.kept_fields(kind)[name], value, names) for name, value in fields.items()
             if name in snapshots.kept_fields(kind) and name not in {"outdated", "position"}]  # fmt: skip
    return "\n".join(text for text in texts if text)


def _in_words(field, value, names):
    if value in (None, "", []):
        return ""
    if field.is_relation:
        return "\n".join(names.get(pk, _("(deleted)")) for pk in (value if field.many_to_many else [value]))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def _related_names(model, *both):
    """``{id: name}`` of every record that either snapshot links to, one query for each kind."""
    wanted = {}
    for place, kind in {"record": model, **snapshots.part_models(model)}.items():
        links = [field for field in snapshots.kept_fields(kind).values() if field.is_relation]
        for snapshot in both:
            rows = [snapshot["record"]] if place == "record" else snapshot.get(place, {}).values()
            for field in links:
                for row in rows:
                    value = row.get(field.name) or []
                    wanted.setdefault(field.related_model, set()).update([value] if isinstance(value, str) else value)
    return {
        str(record.pk): str(record)
        for kind, pks in wanted.items()
        if pks
        for record in kind._base_manager.filter(pk__in=pks)
    }


def languages_changed(before, after):
    """The codes of the languages in which some text differs."""
    changed = {cell[2].rpartition("_")[2] for cell in changed_cells(before, after)}
    return [code for code in language_codes() if code in changed]
