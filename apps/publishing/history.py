"""Who changed what and when: versions by django-reversion, whichever way a record is written.

``Record.save()`` joins or opens a revision; each row brings along the whole that it is a part of, so that every
revision can show and restore a note as it stood, in all languages.
"""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import transaction
from reversion.models import Version
from reversion.signals import post_revision_commit, pre_revision_commit

from apps.audit.request_at_hand import user_at_hand
from apps.content.models import address_rules, content_models, record_models, work_rules
from apps.languages.fields import translated_fields
from apps.publishing import snapshots
from apps.publishing.models import Draft, Edition, drafts_since, former_addresses_of_others
from apps.publishing.versions import read_again

FORMAT = "record"  # apps/publishing/versions.py


def begin():
    """Registers every kind of record: a new one has its history by being one."""
    serializers.register_serializer(FORMAT, "apps.publishing.versions")
    for model in record_models():
        # The bare name of a bilingual field repeats one of its languages, another one in each request.
        follow = [*model.part_relations, *([model.whole_relation] if model.whole_relation else [])]
        reversion.register(model, exclude=[*translated_fields(model), "search_text"], follow=follow, format=FORMAT)
    reversion.register(Draft)
    pre_revision_commit.connect(_complete, dispatch_uid="apps.publishing.complete")
    address_rules.append(former_addresses_of_others)
    work_rules.append(drafts_since)
    post_revision_commit.connect(_keep_editions, dispatch_uid="apps.publishing.editions")


@contextmanager
def act(by, comment=""):
    """Everything written inside is one revision, by ``by`` (a user or None)."""
    with reversion.create_revision():
        if by is not None and by.is_authenticated:
            reversion.set_user(by)
        if comment:
            reversion.set_comment(str(comment))
        yield


def without_versions():
    """What is written inside leaves no version: rows that a form works on and that are rolled back."""
    return reversion.create_revision(manage_manually=True)


@dataclass
class Entry:
    """A point in a record's history, newest first. ``kind``: "saved" or "draft". ``by`` may be None."""

    version: Version
    at: datetime
    by: object
    comment: str
    kind: str
    record_model: type

    @property
    def id(self):
        return self.version.pk

    @cached_property
    def fields(self):
        """What the version says of the row itself, its state and times among it."""
        return json.loads(self.version.serialized_data)[0]["fields"]

    @cached_property
    def parts(self):
        """The versions of the rows that were parts of the record."""
        return _part_versions([self.version], self.record_model).get(self.version.revision_id, [])

    @cached_property
    def snapshot(self):
        return self.fields["snapshot"] if self.kind == "draft" else _snapshot_in(self)

    @cached_property
    def digest(self):
        return snapshots.digest(self.snapshot)


def entries(record, limit=None):
    """The history of ``record``, its drafts among it, newest first: a list of :class:`Entry`."""
    return entries_of(type(record), record.pk, limit)


def entries_of(model, pk, limit=None):
    ids = [version for _at, version, _kind in outline(model, pk)[:limit]]
    found = read(model, pk, ids)
    return [found[each] for each in ids]


def outline(model, pk):
    """``[(time, version id, kind), …]``: the whole history, newest first, without its texts: it may be long."""
    rows = _versions(model, pk).values_list("revision__date_created", "pk", "content_type__model")
    return sorted(((at, version, _kind(name)) for at, version, name in rows), reverse=True)


def read(model, pk, ids):
    """``{version id: Entry}`` for those of the record; however many there are, in two queries."""
    versions = list(_versions(model, pk).filter(pk__in=ids).select_related("revision__user", "content_type"))
    found = {version.pk: _entry(version, _kind(version.content_type.model), model) for version in versions}
    saved = [entry for entry in found.values() if entry.kind == "saved"]
    parts = _part_versions([entry.version for entry in saved], model)
    for entry in saved:
        entry.parts = parts.get(entry.version.revision_id, [])
    return found


def _versions(model, pk):
    own = Version.objects.get_for_object_reference(model, pk)
    return own | Version.objects.get_for_object_reference(Draft, pk)


def _kind(model_name):
    return "draft" if model_name == Draft._meta.model_name else "saved"


def snapshot_with(record, digest, limit=40):
    """The snapshot of ``record`` with this digest among its latest, ``None`` if it is none of them."""
    return next((entry.snapshot for entry in entries(record, limit) if entry.digest == digest), None)


def _entry(version, kind, model):
    revision = version.revision
    return Entry(version, revision.date_created, revision.user, revision.comment, kind, model)


def _part_versions(versions, model):
    """``{revision id: [version, …]}``: what was kept of the parts of one record together with ``versions`` of it.

    Its id stands in each of them: of an import of 1,000 records only this one's rows are read.
    """
    kinds = [ContentType.objects.get_for_model(part) for part in snapshots.part_models(model).values()]
    found = {}
    if not kinds or not versions:
        return found
    rows = Version.objects.filter(
        revision__in={version.revision_id for version in versions},
        content_type__in=kinds,
        serialized_data__contains=versions[0].object_id,
    )
    for row in rows.select_related("content_type").order_by("pk"):
        found.setdefault(row.revision_id, []).append(row)
    return found


def _snapshot_in(entry):
    """The whole record as it stood at the end of the revision."""
    model, whole = entry.record_model, entry.version.object_id
    snapshot = {"record": _fields(entry.version, model)}
    for name, part in snapshots.part_models(model).items():
        rows = [row for row in entry.parts if row.content_type.model_class() is part and _belongs(row, part, whole)]
        snapshot[name] = {row.object_id: _fields(row, part) for row in rows}
    return snapshot


def _belongs(row, part, whole):
    link = getattr(part, part.whole_relation)
    name = getattr(link, "fk_field", part.whole_relation)
    return json.loads(row.serialized_data)[0]["fields"].get(name) == whole


def _fields(version, model):
    stored = json.loads(version.serialized_data)[0]["fields"]
    fields = {}
    for name, field in snapshots.kept_fields(model).items():
        if name not in stored:  # a field that came later
            continue
        value = stored[name]
        fields[name] = sorted(map(str, value)) if field.many_to_many else "" if _is_empty_text(field, value) else value
    return fields


def _is_empty_text(field, value):
    return value is None and hasattr(field, "translated_field")


def _complete(*, revision, versions, **_kwargs):
    """Whoever sent the request at hand wrote it, if nobody said otherwise."""
    revision.user = revision.user or user_at_hand()
    if not getattr(revision, "is_fresh", False):
        read_again(versions)


def _keep_editions(*, revision, versions, **_kwargs):
    """Whatever changed a published note, a form, an import or a command, leaves its new edition."""
    kinds = {ContentType.objects.get_for_model(each) for each in content_models() if each.keeps_editions}
    pks = {(version.content_type, version.object_id) for version in versions if version.content_type in kinds}
    for kind, pk in sorted(pks, key=lambda pair: pair[1]):
        keep_edition(kind.model_class()._base_manager.get(pk=pk), by=revision.user)


@transaction.atomic
def keep_edition(record, by=None):
    """The next edition of ``record`` if readers see a text that is in none yet; returns it or ``None``."""
    if not record.keeps_editions or not record.is_public:
        return None
    type(record)._base_manager.select_for_update().only("pk").get(pk=record.pk)
    last = Edition.objects.about(record).first()
    snapshot = snapshots.take(record)
    if last and _readers_text(last.snapshot) == _readers_text(snapshot):
        return None
    number = last.number + 1 if last else 1
    return Edition.objects.create(record=record, number=number, published_by=by, snapshot=snapshot)


def _readers_text(snapshot):
    """Without what no reader sees: which translations an editor should look at again."""
    rows = {place: rows if place != "record" else {"": rows} for place, rows in snapshot.items()}
    return {
        place: {pk: {name: value for name, value in row.items() if name != "outdated"} for pk, row in each.items()}
        for place, each in rows.items()
    }
