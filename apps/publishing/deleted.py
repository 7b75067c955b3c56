"""Records that were deleted: what they were, by whom and when, and how they come back."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, Max
from django.utils.translation import gettext_noop
from reversion.models import Version

from apps import audit
from apps.content.models import Content, Record
from apps.publishing import actions, history, snapshots
from apps.publishing.clashes import refuse_clashes, without_what_is_gone
from apps.publishing.merging import merge
from apps.publishing.models import Draft
from apps.publishing.presenting import label_columns


@dataclass
class Deleted:
    """A record that is gone. ``at`` and ``by`` are None where nobody wrote them down (a command did it)."""

    version: int
    pk: str
    saved: datetime
    at: datetime | None = None
    by: object = None
    label: str = ""


def deleted_records(model):
    """A list of :class:`Deleted`, without labels, the latest first."""
    known = {str(pk) for pk in model._base_manager.values_list("pk", flat=True)}
    last = Version.objects.get_for_model(model).order_by().values("object_id").annotate(
        version=Max("pk"), saved=Max("revision__date_created")
    )  # fmt: skip
    last_notes = {note.object_id: note for note in notes(model)}
    gone = [Deleted(row["version"], row["object_id"], row["saved"]) for row in last if row["object_id"] not in known]
    for each in gone:
        note = last_notes.get(each.pk)
        each.at, each.by = (note.action_time, note.user) if note else (None, None)
    return sorted(gone, key=lambda each: (each.at or each.saved, each.version), reverse=True)


def with_labels(gone):
    """The same with what each was called, in the reader's language if it has a name in it."""
    versions = Version.objects.select_related("content_type").in_bulk([each.version for each in gone])
    for each in gone:
        each.label = _label(versions[each.version])
    return gone


def _label(version):
    model, fields = version.content_type.model_class(), json.loads(version.serialized_data)[0]["fields"]
    names = (fields.get(name) for name in label_columns(model))
    return next(filter(None, names), version.object_repr)


def notes(model, pk=None):
    """The entries of Django's log that say who deleted a record of this kind at the desk, the oldest first."""
    found = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), action_flag=DELETION)
    return (found.filter(object_id=str(pk)) if pk else found).select_related("user").order_by("action_time")


def deleted_record(model, pk):
    """The :class:`Deleted` with this id, or None: it was never there, or it is there now."""
    if model._base_manager.filter(pk=pk).exists():
        return None
    last = Version.objects.get_for_object_reference(model, pk).select_related("revision", "content_type").first()
    if last is None:
        return None
    note = notes(model, pk).last()
    by, at = (note.user, note.action_time) if note else (None, None)
    return Deleted(last.pk, str(pk), last.revision.date_created, at, by, _label(last))


def last_text(model, gone):
    """The snapshot of a deleted record as it was last worked on, its draft included."""
    snapshot = history.read(model, gone.pk, [gone.version])[gone.version].snapshot
    draft = _draft_of(model, gone.pk).first()
    return merge(draft.base, draft.snapshot, snapshot)[0] if draft else snapshot


def _draft_of(model, pk):
    return Draft.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=pk)


def stays_away(model):
    """``(records, others)``: the kinds of row that are deleted with a record of this kind and not brought back with it;
    of the first each can be brought back by itself.
    """
    kinds = [
        relation.related_model
        for relation in model._meta.related_objects
        if relation.on_delete is CASCADE and relation.get_accessor_name() not in model.part_relations
    ]
    kinds = [kind for kind in dict.fromkeys(kinds) if not kind._meta.auto_created]
    return [kind for kind in kinds if issubclass(kind, Record)], [
        kind for kind in kinds if not issubclass(kind, Record)
    ]


@transaction.atomic
def bring_back(*, model, gone, by):
    """Makes the record and its parts again, under the same ids; content as a draft, which readers do not see.

    Raises :class:`ValidationError` if something it needs is gone or taken. Returns the record, and the names of what
    could not come along.
    """
    snapshot, lost = without_what_is_gone(model, last_text(model, gone))
    refuse_clashes(model(pk=gone.pk), snapshot)
    record = model(pk=gone.pk)
    fields = history.read(model, gone.pk, [gone.version])[gone.version].fields
    if issubclass(model, Content):
        author = model._meta.get_field("created_by").related_model
        record.created_by = author.objects.filter(pk=fields.get("created_by")).first()
    with history.act(by, gettext_noop("Brought back after it was deleted.")):
        snapshots.apply(snapshot, record)
        if not issubclass(model, Content):  # no draft: readers see it at once
            actions.check(record)
    _draft_of(model, gone.pk).delete()
    audit.log(audit.Verb.RESTORED, by=by, about=record)
    return record, lost
