"""Many records written at once: what ``Record.save()`` does to each, in a number of queries that grows with batches.

``save()`` costs some nine queries a record (its texts as they were, the row, its links, its version); an import of
10,000 rows can't wait for that. What must be the same is compared for every model in tests/content/test_bulk.py.
"""

import json

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import router, transaction
from django.db.models import prefetch_related_objects
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
def save_many(model, new, changed, *, before, links, by=None, comment=""):
    """Stores records of one ``model``, all at the same moment, as one revision; returns that moment.

    ``new`` and ``changed``: records with their new values. ``before``: ``{pk: {"title_en": …}}``, the texts of the
    changed ones as the database has them. ``links``: ``{"organisations": {pk: [pk, …]}}``, those that are to be the
    only ones from now on. Breaking a constraint raises :class:`django.db.IntegrityError` and writes nothing.
    """
    now = timezone.now()
    for record in [*new, *changed]:
        record.make_ready()
        record.updated_at = now
    for record in changed:
        record.outdated = outdated_now(record, before=before[record.pk])
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


def _overwrite(manager, records):
    """One statement for many rows, whatever differs between them (``bulk_update()`` writes a CASE for each value)."""
    fields = [field.name for field in manager.model._meta.concrete_fields if not field.primary_key]
    manager.bulk_create(
        records, batch_size=ROWS, update_conflicts=True, update_fields=fields, unique_fields=[manager.model._meta.pk.name]
    )


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


# --- History -------------------------------------------------------------------------------------------------------------


def keep_versions(records, *, by=None, comment="", at=None):
    """A revision with a version of each of ``records``, of the wholes that they are parts of and of all of their parts,
    as ``reversion.add_to_revision()`` makes them, one by one.
    """
    versions = [version for model, rows in _with_relatives(records).items() for version in _versions(model, rows)]
    if not versions:
        return None
    revision = Revision(date_created=at or timezone.now(), user=by, comment=str(comment))
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
        if rows and relations:
            prefetch_related_objects(rows, *relations)
            queue += [relative for row in rows for name in relations for relative in _related(row, name)]
    return {model: list(rows.values()) for model, rows in found.items()}


def _related(row, name):
    related = getattr(row, name)
    return related.all() if hasattr(related, "all") else [related] if related is not None else []


def _versions(model, rows):
    options, kind = registered(model), ContentType.objects.get_for_model(model)
    kept = [field for field in model._meta.local_fields if field.name in options.fields and field.serialize]
    links = [field for field in model._meta.local_many_to_many if field.name in options.fields]
    linked = {field.name: _linked(field, [row.pk for row in rows]) for field in links}
    label, database = str(model._meta), router.db_for_write(model)
    for row in rows:
        fields = {field.name: _as_stored(row, field) for field in kept}
        fields |= {name: targets.get(row.pk, []) for name, targets in linked.items()}
        stored = json.dumps([{"model": label, "pk": str(row.pk), "fields": fields}], cls=DjangoJSONEncoder)
        yield Version(
            content_type=kind, object_id=str(row.pk), db=database, format=options.format, serialized_data=stored,
            object_repr=str(row),
        )  # fmt: skip


def _as_stored(row, field):
    """As the serialisers of Django and of apps/publishing/versions.py write a value: an id as it is."""
    value = field.value_from_object(row)
    if is_protected_type(value) or field.is_relation or field.primary_key:
        return value
    if isinstance(value, dict | list | str) and field.get_internal_type() in {"JSONField", "CharField", "TextField"}:
        return value
    return str(value) if field.get_internal_type() == "UUIDField" else field.value_to_string(row)


def _linked(field, pks):
    """``{pk: [pk, …]}``: what is linked to the rows of these ids, in the order in which the relation gives it."""
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    found = {}
    rows = field.remote_field.through._base_manager.filter(**{f"{own}__in": pks}).order_by("pk")
    for source, target in rows.values_list(own, other):
        found.setdefault(source, []).append(str(target))
    return found
