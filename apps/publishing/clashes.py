"""What keeps a text from becoming a record's own: what it stands on is gone, or another has its name."""

import copy

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.publishing import snapshots
from apps.publishing.merging import ROW
from apps.publishing.presenting import part_label


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


def names_taken(record, snapshot):
    """The fields of which only one record may have a value, and another one has that of ``snapshot``."""
    model = type(record)
    others = model._base_manager.exclude(pk=record.pk)
    names = [field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    names += [fields[0] for fields in _unique_together(model) if len(fields) == 1]
    wanted = {name: snapshot["record"][name] for name in names if name in snapshot["record"]}
    return [model._meta.get_field(name) for name, value in wanted.items() if others.filter(**{name: value}).exists()]


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
            return _("%(sentence)s That is “%(holder)s”. Change one of the two first.") % what
    return sentence


def _unique_together(model):
    """The names of the fields that make a row of ``model`` the only one, within its whole."""
    together = [each.fields for each in model._meta.constraints if isinstance(each, UniqueConstraint) and each.fields]
    return [[name for name in fields if name in snapshots.kept_fields(model)] for fields in together]
