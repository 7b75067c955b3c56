"""An earlier text becomes the working text again: fields of it, sections, or all."""

import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import UniqueConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps import audit
from apps.languages.fields import column, language_codes, translated_fields
from apps.publishing import actions, snapshots
from apps.publishing.merging import ROW, get, put
from apps.publishing.presenting import part_label


@transaction.atomic
def restore(*, record, old, cells, by):
    """The working text of ``record`` gets what ``old`` has in ``cells``; readers see it when it is published.

    Raises :class:`ValidationError` if a rule is against it: then nothing changes. Returns the names of what could not
    come along, as what it stood on was deleted.
    """
    record, model = actions.lock(record), type(record)
    now, _conflicts = actions.working_copy(record)
    wanted = with_cells(model, now, old, cells, source=old["record"].get("source_language") or record.written_in)
    wanted, lost = without_what_is_gone(model, wanted)
    if wanted == now:
        raise ValidationError(_("The text stands like that already."))
    refuse_clashes(snapshots.fresh(record), wanted)
    actions.keep(record=record, snapshot=wanted, by=by, comment=gettext_noop("Brought back from an earlier version."))
    audit.log(audit.Verb.RESTORED, by=by, about=record)
    return lost


def all_cells(now, old):
    """The cells that make of ``now`` all that ``old`` is. What ``old`` does not know, a later field, stays."""
    cells = [("record", "", name) for name in old["record"] if name != "outdated"]
    return cells + [
        (place, pk, ROW) for place in old if place != "record" for pk in {**old[place], **now.get(place, {})}
    ]


def with_cells(model, now, old, cells, *, source):
    """``now`` with ``cells`` from ``old``; a translation whose source is another by now is outdated."""
    wanted, touched = copy.deepcopy(now), {}
    for cell in cells:
        place, pk, name = cell
        value = copy.deepcopy(get(old, cell))
        if name != ROW and get(wanted, (place, pk, ROW)) is None:
            label = part_label(model, old, cell)
            raise ValidationError(_("%(part)s is gone. Bring back all of it.") % {"part": label})
        if name == ROW and value is not None:
            value = {**(get(now, cell) or {}), **value}
        elif name != ROW and value is None:
            continue
        put(wanted, cell, value)
        touched.setdefault((place, pk), set()).update([name] if name != ROW else value or ())
    for (place, pk), names in touched.items():
        row = (place, pk, ROW)
        if get(wanted, row) is not None:
            kind = snapshots.kind_of(model, place)
            made = outdated(kind, names, get(now, row) or {}, get(old, row) or {}, get(wanted, row), source)
            put(wanted, (place, pk, "outdated"), made)
    return wanted


def outdated(kind, brought, now, old, wanted, source):
    """Which translations in ``wanted`` were made from another source text: ``{"hi": {"title": "that text"}}``."""
    result = {}
    for target in (code for code in language_codes() if code != source):
        for name in translated_fields(kind):
            origin = old if column(name, target) in brought else now
            made_from = (origin.get("outdated") or {}).get(target, {}).get(name, origin.get(column(name, source)))
            here = (wanted.get(column(name, code)) for code in (source, target))
            texts = [text or "" for text in (made_from, *here)]
            if all(text.split() for text in texts) and texts[0].split() != texts[1].split():
                result.setdefault(target, {})[name] = texts[0]
    return result


def without_what_is_gone(model, snapshot):
    """``(snapshot, lost)``: without links to records that were deleted, and without the parts that stand on them.

    Raises :class:`ValidationError` if the record itself can't be without one.
    """
    left, lost = copy.deepcopy(snapshot), []
    for place, kind in {"record": model, **snapshots.part_models(model)}.items():
        rows = {"": left["record"]} if place == "record" else left.get(place, {})
        for field in (each for each in snapshots.kept_fields(kind).values() if each.is_relation):
            there = _existing(field, rows.values())
            for pk, row in list(rows.items()):
                gone = {*_links(row, field)} - there
                if not gone:
                    continue
                lost.append(part_label(model, snapshot, (place, pk, ROW)) or capfirst(field.verbose_name))
                if field.many_to_many:
                    row[field.name] = sorted({*row[field.name]} - gone)
                elif field.null:
                    row[field.name] = None
                elif place == "record":
                    sentence = _("What it belongs to (%(field)s) was deleted. Bring that back first.")
                    raise ValidationError(sentence % {"field": field.verbose_name})
                else:
                    del rows[pk]
    return left, lost


def _links(row, field):
    value = row.get(field.name) or []
    return value if field.many_to_many else [value] if value else []


def _existing(field, rows):
    wanted = {pk for row in rows for pk in _links(row, field)}
    known = field.related_model._base_manager.filter(pk__in=wanted) if wanted else ()
    return {str(record.pk) for record in known}


def refuse_clashes(record, snapshot):
    """Raises :class:`ValidationError` where only one may have a name and another has it. ``record`` is changed."""
    model = type(record)
    snapshots.overlay(record, snapshot)
    try:
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        raise ValidationError([_with_holder(record, sentence) for sentence in error.messages]) from error
    for place, kind in snapshots.part_models(model).items():
        for names in _unique_together(kind):
            taken = {}
            for pk, row in snapshot.get(place, {}).items():
                key = tuple(row.get(name) for name in names)
                if taken.setdefault(key, pk) != pk:
                    what = {"one": part_label(model, snapshot, (place, taken[key], ROW)),
                            "other": part_label(model, snapshot, (place, pk, ROW)),
                            "value": ", ".join(map(str, key))}  # fmt: skip
                    raise ValidationError(_("%(one)s and %(other)s would both be “%(value)s”; only one may.") % what)


def _with_holder(record, sentence):
    model = type(record)
    names = [[field.name] for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    for fields in names + _unique_together(model):
        same = model._base_manager.filter(**{name: getattr(record, name) for name in fields}).exclude(pk=record.pk)
        if holder := same.first():
            what = {"sentence": sentence, "holder": holder}
            return _("%(sentence)s That is “%(holder)s”. Change it there, then bring this back.") % what
    return sentence


def _unique_together(model):
    """The names of the fields that make a row of ``model`` the only one, within its whole."""
    together = [each.fields for each in model._meta.constraints if isinstance(each, UniqueConstraint) and each.fields]
    return [[name for name in fields if name in snapshots.kept_fields(model)] for fields in together]
