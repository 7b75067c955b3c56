"""Many records written at once: what ``Record.save()`` does to each, in a number of queries that grows with batches.

``save()`` costs some nine queries a record (its texts as they were, the row, its links, its version); an import of
10,000 rows can't wait for that. What must be the same is compared for every model in tests/content/test_bulk.py.
"""

import json
from operator import attrgetter

import reversion
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, router, transaction
from django.db.models import IntegerField, prefetch_related_objects
from django.utils import timezone
from django.utils.encoding import is_protected_type
from reversion.models import Revision, Version
from reversion.revisions import _get_options as registered
from reversion.signals import post_revision_commit, pre_revision_commit

from apps.content import vocabulary
from apps.content.translation_state import outdated_now

# Rows a statement; SQLite cuts it into what it takes.
ROWS = 500


@transaction.atomic
def save_many(model, new, changed, *, before, links, by=None, comment="", outdated=None):
    """Stores records of one ``model``, all at the same moment, as one revision; returns that moment.

    ``new`` and ``changed``: records with their new values. ``before``: ``{pk: {"title_en": …}}``, the texts of the
    changed ones as the database has them. ``links``: ``{"organisations": {pk: [pk, …]}}``, those that are to be the
    only ones from now on. ``outdated``: ``{pk: …}``, where it is known which translations are, as for a text that is
    put back. Breaking a constraint raises :class:`django.db.IntegrityError` and writes nothing.
    """
    now = timezone.now()
    for record in [*new, *changed]:
        record.make_ready()
        record.updated_at = now
    _with_wholes(changed)
    for record in changed:
        known = (outdated or {}).get(record.pk)
        record.outdated = outdated_now(record, before=before[record.pk]) if known is None else known
    manager = model._base_manager
    if new:
        manager.bulk_create(new, batch_size=ROWS)
    if changed:
        _overwrite(manager, changed)
    for name, targets in links.items():
        _link(model._meta.get_field(name), targets)
    keep_versions([*new, *changed], by=by, comment=comment, at=now)
    vocabulary.forget()
    return now


def blank_records(model):
    """A function of an id that makes a new record: what ``model(pk=…)`` makes, ten times as fast (modeltranslation asks
    for the default of each language column in that language).
    """
    fields = model._meta.concrete_fields
    names, template = [field.attname for field in fields], model()
    fixed = {field.attname: getattr(template, field.attname) for field in fields if not callable(field.default)}

    def make(pk):
        values = [
            pk if field.primary_key else fixed[field.attname] if field.attname in fixed else field.get_default()
            for field in fields
        ]
        record = model.from_db(None, names, values)
        record._state.adding = True
        return record

    return make


def _with_wholes(records):
    """A part asks its whole which language it was written in; a citation is called what its source is."""
    if records:
        model = type(records[0])
        links = [field.name for field in model._meta.fields if field.many_to_one and not field.null]
        prefetch_related_objects(records, *dict.fromkeys([*links, *filter(None, [model.whole_relation])]))


def _overwrite(manager, records):
    """One statement for many rows, whatever differs between them (``bulk_update()`` writes a CASE for each value)."""
    _make_room(manager, records)
    fields = [field.name for field in manager.model._meta.concrete_fields if not field.primary_key]
    manager.bulk_create(
        records,
        batch_size=ROWS,
        update_conflicts=True,
        update_fields=fields,
        unique_fields=[manager.model._meta.pk.name],
    )


def _make_room(manager, records):
    """Two rows that change places (position 1 and 2) can't be written one after the other, as a unique value is checked
    with each: those whose value another one takes step aside first, to numbers that nobody has.
    """
    for rule in manager.model._meta.constraints:
        numbers = [name for name in getattr(rule, "fields", ()) if _is_number(manager.model._meta.get_field(name))]
        if len(numbers) != 1 or len(rule.fields) != 1:
            continue
        (name,) = numbers
        wanted = {getattr(record, name) for record in records}
        aside = manager.filter(pk__in=[record.pk for record in records], **{f"{name}__in": wanted})
        _low, high = connection.ops.integer_field_range(manager.model._meta.get_field(name).get_internal_type())
        for number, pk in enumerate(aside.values_list("pk", flat=True)):
            manager.filter(pk=pk).update(**{name: (high or 2**31) - number})


def _is_number(field):
    return isinstance(field, IntegerField)


def _link(field, targets):
    """``targets``: ``{pk: [pk, …]}``: the rows of ``field``'s table for these records become just those."""
    through, own, other = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
    rows = through._base_manager.filter(**{f"{own}__in": list(targets)})
    there = {}
    for pk, source, target in rows.values_list("pk", own, other):
        there[source, target] = pk
    wanted = {(source, target) for source, each in targets.items() for target in each}
    through._base_manager.filter(pk__in=[pk for pair, pk in there.items() if pair not in wanted]).delete()
    missing = [pair for pair in dict.fromkeys((s, t) for s, each in targets.items() for t in each) if pair not in there]
    through._base_manager.bulk_create(
        [through(**{own: source, other: target}) for source, target in missing], batch_size=ROWS
    )


# --- History ----------------------------------------------------------------------------------------------------------


def keep_versions(records, *, by=None, comment="", at=None):
    """A revision with a version of each of ``records``, of the wholes that they are parts of and of all of their parts,
    as ``reversion.add_to_revision()`` makes them, one by one.
    """
    versions = [version for model, rows in _with_relatives(records).items() for version in _versions(model, rows)]
    if not versions:
        return None
    revision = Revision(date_created=at or timezone.now(), user=by, comment=str(comment))
    revision.is_fresh = True  # nobody held any of these rows before
    pre_revision_commit.send(sender=reversion.create_revision, revision=revision, versions=versions)
    revision.save()
    for version in versions:
        version.revision = revision
    Version.objects.bulk_create(versions, batch_size=ROWS)
    post_revision_commit.send(sender=reversion.create_revision, revision=revision, versions=versions)
    return revision


def _with_relatives(records):
    """``{model: [row, …]}``: the rows and whatever is kept together with them, each once."""
    found, queue = {}, list(records)
    while queue:
        model, rows = type(queue[0]), []
        for row in queue:
            if type(row) is model and row.pk not in found.setdefault(model, {}):
                found[model][row.pk] = row
                rows.append(row)
        queue = [row for row in queue if type(row) is not model]
        relations = registered(model).follow
        queue += [relative for name in relations if rows for relative in _related(model, rows, name)]
    return {model: list(rows.values()) for model, rows in found.items()}


def _related(model, rows, name):
    """What the relation ``name`` leads to from ``rows``, in one query for each kind of record."""
    relation = next((each for each in model._meta.related_objects if each.get_accessor_name() == name), None)
    generic = next((each for each in model._meta.private_fields if each.name == name), None)
    if relation is not None:
        return relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": [row.pk for row in rows]})
    if isinstance(generic, GenericRelation):
        kind = ContentType.objects.get_for_model(model)
        about = {generic.content_type_field_name: kind, f"{generic.object_id_field_name}__in": [row.pk for row in rows]}
        return generic.related_model._base_manager.filter(**about)
    prefetch_related_objects(rows, name)
    return [related for row in rows if (related := getattr(row, name)) is not None]


def _versions(model, rows):
    options, kind = registered(model), ContentType.objects.get_for_model(model)
    kept = [_as_stored(field) for field in model._meta.local_fields if field.name in options.fields and field.serialize]
    links = [field for field in model._meta.local_many_to_many if field.name in options.fields]
    linked = {field.name: _linked(field, [row.pk for row in rows]) for field in links}
    label, database = str(model._meta), router.db_for_write(model)
    _with_wholes(rows)
    for row in rows:
        fields = {name: value_of(row) for name, value_of in kept}
        fields |= {name: targets.get(row.pk, []) for name, targets in linked.items()}
        stored = json.dumps([{"model": label, "pk": str(row.pk), "fields": fields}], cls=DjangoJSONEncoder)
        yield Version(
            content_type=kind, object_id=str(row.pk), db=database, format=options.format, serialized_data=stored,
            object_repr=str(row),
        )  # fmt: skip


def _as_stored(field):
    """``(name, function of a row)``: the field's value as the serialisers of Django and of apps/publishing/versions.py
    write it. What JSON knows, its encoder writes in the same way; anything else is the field's own business.
    """
    known = {"JSONField", "CharField", "SlugField", "TextField", "URLField", "UUIDField", "DateTimeField"}
    if field.is_relation or field.get_internal_type() in known:
        return field.name, attrgetter(field.attname)
    return field.name, lambda row: _plain(field, row)


def _plain(field, row):
    value = field.value_from_object(row)
    return value if is_protected_type(value) else field.value_to_string(row)


def _linked(field, pks):
    """``{pk: [pk, …]}``: what is linked to the rows of these ids, in the order in which the relation gives it."""
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    found = {}
    rows = field.remote_field.through._base_manager.filter(**{f"{own}__in": pks}).order_by("pk")
    for source, target in rows.values_list(own, other):
        found.setdefault(source, []).append(str(target))
    return found
