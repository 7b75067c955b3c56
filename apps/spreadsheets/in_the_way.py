"""What keeps a sheet from being imported or undone: each record as it is called now, its page, and its last change."""

from dataclasses import dataclass
from datetime import datetime

import reversion
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from reversion.models import Version

from apps.spreadsheets.kinds import Sheets
from apps.spreadsheets.outcomes import CHANGED, NEW, Touched
from apps.spreadsheets.records.wholes import wholes_of

MOST = 50


@dataclass
class InTheWay:
    """``row`` of the file, ``sheet``: its title, "" where there is only one. ``name``: today's, or that of the file if
    the record is gone. ``url``: "" for who may not see it. ``at`` and ``by`` are None where nobody wrote them down.
    """

    row: int
    sheet: str
    name: str
    sentence: str
    url: str = ""
    at: datetime | None = None
    by: object = None


def conflicts(batch):
    """``[Touched, …]``: what was no longer as the preview showed it when it was to be imported."""
    try:
        sheets = Sheets(batch)
    except LookupError:
        return []
    parts = batch.parts.annotate(text=Cast("kept", TextField())).filter(text__contains='"errors"')
    return [
        Touched.by(each, each.errors[-1][2], *_record(sheets.of(each), each))
        for part in parts
        for each in part.read()
        if each.errors and each.kind in {NEW, CHANGED}
    ]


def _record(sheet, outcome):
    """``(model, id)``: of a translator's sheet, which is about texts of all kinds of record, the row says it."""
    if hasattr(sheet, "model"):
        return sheet.model, outcome.pk
    label, pk = outcome.values["whole"]
    return apps.get_model(label), pk


def in_the_way(batch, touched, request):
    """``([InTheWay, …], how many more there are)`` of ``touched``, in the order of the file; in a number of queries
    that grows with the kinds of record among them, not with the records.
    """
    named = sorted(touched, key=lambda each: (each.sheet, each.row))[:MOST]
    records, last = _records(named), _last_changes(named)
    found = []
    for each in named:
        title = batch.headings[each.sheet]["title"] if len(batch.headings) > 1 else ""
        shown = InTheWay(each.row, title, each.name, each.sentence)
        record = records.get((each.model, each.pk))
        if record is not None:
            shown.name, shown.url = _name(record), _address(record, request)
            shown.at, shown.by = last.get(each.pk, (None, None))
        found.append(shown)
    return found, len(touched) - len(named)


def _records(touched):
    """``{("events.event", id): record}``; a part with its whole."""
    found = {}
    for label in {each.model for each in touched}:
        model = apps.get_model(label)
        # What a record can't be without, it may ask for its name: a citation its source.
        links = [field.name for field in model._meta.fields if field.many_to_one and not field.null]
        rows = model._base_manager.filter(pk__in=[each.pk for each in touched if each.model == label])
        wholes = wholes_of(rows.order_by()) if model.whole_relation else {}
        for record in rows.select_related(*links):
            record.page = wholes.get(record.pk, (model, record.pk))
            found[label, str(record.pk)] = record
    return found


def _name(record):
    """Of a section with its note: “The beginnings” may be in several."""
    link = type(record).whole_relation
    is_loaded = bool(link) and link in record._state.fields_cache
    return f"{record} ({record.whole})" if is_loaded else str(record)


def _last_changes(touched):
    """``{id: (time, user or None)}`` by the history; a draft goes by the id of its record."""
    kinds = ContentType.objects.get_for_models(*reversion.get_registered_models()).values()
    own = Version.objects.filter(content_type__in=kinds, object_id__in=[each.pk for each in touched])
    latest = own.order_by().values("object_id").annotate(last=Max("pk")).values_list("last", flat=True)
    versions = Version.objects.filter(pk__in=list(latest)).select_related("revision__user")
    facts = versions.defer("serialized_data").order_by()
    return {each.object_id: (each.revision.date_created, each.revision.user) for each in facts}


def _address(record, request):
    """Of the page where it is changed, of a part that of its whole; "" for who may not see that."""
    model, pk = record.page
    desk = admin.site._registry.get(model)
    whole = record if model is type(record) else None
    if desk is None or not desk.has_view_or_change_permission(request, whole):
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
