"""A record as one JSON value: its fields and the rows that are parts of it, in every language.

A snapshot is ``{"record": {field: value}, "sections": {id: {field: value}}, …}``. Drafts, editions and comparisons are
made of it; what says where a record stands (its state and times) or can be derived from the rest is not in it.
"""

import copy
import hashlib
import json
import uuid
from functools import cache

from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.db.models import prefetch_related_objects

from apps.content.models import Content
from apps.languages.fields import language_columns, translated_fields

LIFE = ("state", "publish_at", "withdraw_at")


@cache
def kept_fields(model):
    """``{name: field}``: the fields of ``model`` that a snapshot has, many-to-many relations last."""
    link = model.whole_relation and getattr(model, model.whole_relation)
    apart = {*translated_fields(model), *(LIFE if issubclass(model, Content) else ()), model.whole_relation}
    if isinstance(link, GenericForeignKey):
        apart |= {link.ct_field, link.fk_field}
    own = [field for field in model._meta.concrete_fields if field.editable or field.name == "outdated"]
    return {field.name: field for field in [*own, *model._meta.many_to_many] if field.name not in apart}


def part_models(model):
    """``{"sections": Section, "citations": Citation}``: the kinds of row that are parts of a ``model``."""
    return {name: model._meta.get_field(name).related_model for name in model.part_relations}


def take(record):
    """The snapshot of ``record`` as it and its rows are now."""
    parts = {name: {str(row.pk): _row(row) for row in getattr(record, name).all()} for name in record.part_relations}
    return {"record": _row(record), **parts}


def fresh(record):
    """``record`` as the database has it."""
    return type(record)._base_manager.get(pk=record.pk)


def digest(snapshot):
    """A short text that is another one as soon as anything in ``snapshot`` is."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True).encode()).hexdigest()[:20]


def apply(snapshot, record, *, keep_outdated=True):
    """Makes the rows of ``record`` what ``snapshot`` says. What the rows stand on must be there, and their names free
    (:mod:`apps.publishing.clashes`). ``keep_outdated=False``: what changes here says which translations are outdated.
    """
    _set_fields(record, snapshot["record"])
    record.save(keep_outdated=keep_outdated)
    for name, model in part_models(type(record)).items():
        wanted = snapshot.get(name, {})
        known = {str(row.pk): row for row in getattr(record, name).all()}
        for pk in known.keys() - wanted.keys():
            known.pop(pk).delete()
        _free_the_names(model, known, wanted)
        for pk, fields in wanted.items():
            row = known.get(pk) or part_of(record, name, pk)
            setattr(row, model.whole_relation, record)  # known already: not asked for once a row
            _set_fields(row, fields)
            row.save(keep_outdated=keep_outdated)
    for field in type(record)._meta.many_to_many:
        getattr(record, field.name).set(snapshot["record"].get(field.name, []))


def part_of(record, relation, pk):
    """A new, unsaved row of ``record``."""
    model = part_models(type(record))[relation]
    return model(pk=uuid.UUID(pk), **{model.whole_relation: record})


def overlay(record, snapshot, lookups=()):
    """``record`` as ``snapshot`` has it, for rendering: nothing is saved. ``lookups``: the prefetches of the view's
    queryset, which say what a related record has to bring along.
    """
    _set_fields(record, snapshot["record"])
    for name, model in part_models(type(record)).items():
        rows = []
        for pk, fields in snapshot.get(name, {}).items():
            rows.append(part_of(record, name, pk))
            _set_fields(rows[-1], fields)
        links = [field.name for field in kept_fields(model).values() if field.many_to_one]
        prefetch_related_objects(rows, *links)
        rows = [row for row in rows if all(getattr(row, f"{link}_id") is None or _linked(row, link) for link in links)]
        order = [each for each in model._meta.ordering if each != model.whole_relation]
        rows.sort(key=lambda row, order=order: [getattr(row, each) for each in order])
        _remember(record, name, model, rows)
    chosen = {lookup.prefetch_to: lookup.queryset for lookup in lookups if hasattr(lookup, "prefetch_to")}
    for field in type(record)._meta.many_to_many:
        related = chosen.get(field.name)
        related = field.related_model.objects.shown() if related is None else related
        rows = list(related.filter(pk__in=snapshot["record"].get(field.name, [])))
        _remember(record, field.name, field.related_model, rows)
    return record


def in_languages(live, draft, languages, model):
    """``draft``, but every text in a language that is not in ``languages`` as ``live`` (may be None) has it."""
    mixed = copy.deepcopy(draft)
    for place, kind in {"record": model, **part_models(model)}.items():
        rows = {"": mixed["record"]} if place == "record" else mixed[place]
        for pk, fields in rows.items():
            old = (live or {}).get(place, {})
            old = old if place == "record" else old.get(pk, {})
            fields |= {name: old.get(name, "") for name in _other_columns(kind, languages)}
    return mixed


def _other_columns(model, languages):
    chosen = {f"{name}_{code}" for name in translated_fields(model) for code in languages}
    return [name for name in language_columns(model) if name not in chosen]


def _row(row):
    return {name: _value(field, row) for name, field in kept_fields(type(row)).items()}


def _value(field, row):
    if field.many_to_many:
        return sorted(str(related.pk) for related in getattr(row, field.name).all())
    value = field.value_from_object(row)
    if value is None and field.name in language_columns(type(row)):
        return ""
    return value if value is None or isinstance(value, bool | int | str | dict | list) else field.value_to_string(row)


def _set_fields(row, fields):
    for name, field in kept_fields(type(row)).items():
        if name in fields and not field.many_to_many:
            setattr(row, field.attname, field.to_python(copy.deepcopy(fields[name])))


def _free_the_names(model, known, wanted):
    """Rows that trade a name that only one may have (two sections their anchors) first let go of it."""
    for constraint in model._meta.constraints:
        names = [name for name in getattr(constraint, "fields", ()) if name in kept_fields(model)]
        for pk, row in known.items():
            taken = {name: getattr(row, name) for name in names}
            if taken and any(wanted[pk].get(name) != value for name, value in taken.items()):
                free = {name: uuid.uuid4().hex for name, value in taken.items() if isinstance(value, str)}
                model._base_manager.filter(pk=row.pk).update(**free)


def _linked(row, link):
    try:
        return getattr(row, link)
    except models.ObjectDoesNotExist:
        return None


def _remember(record, name, model, rows):
    """So that ``record.sections.all()`` answers with ``rows`` and asks no database."""
    answer = model._base_manager.none()
    answer._result_cache, answer._prefetch_done = rows, True
    if not hasattr(record, "_prefetched_objects_cache"):
        record._prefetched_objects_cache = {}
    record._prefetched_objects_cache[name] = answer


def kind_of(model, place):
    """The kind of row that stands at ``place`` in a snapshot of ``model``."""
    return model if place == "record" else part_models(model)[place]
