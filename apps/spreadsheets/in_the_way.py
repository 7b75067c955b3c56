"""What keeps a sheet from being imported or undone: each record as it is called now, its page, and its last change."""

from dataclasses import dataclass
from datetime import datetime

import reversion
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, TextField
from django.db.models.functions import Cast
from reversion.models import Version

from apps.spreadsheets.kinds import Sheets
from apps.spreadsheets.linking import address, record_behind, records_at
from apps.spreadsheets.outcomes import CHANGED, NEW, Touched

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
        Touched.by(each, each.errors[-1][2], *record_behind(sheets.of(each), each))
        for part in parts
        for each in part.read()
        if each.errors and each.kind in {NEW, CHANGED}
    ]


def in_the_way(batch, touched, request):
    """``([InTheWay, …], how many more there are)`` of ``touched``, in the order of the file; in a number of queries
    that grows with the kinds of record among them, not with the records.
    """
    named = sorted(touched, key=lambda each: (each.sheet, each.row))[:MOST]
    places = [(apps.get_model(each.model), each.pk) for each in named]
    records, last = records_at(places), _last_changes(named)
    found = []
    for each, place in zip(named, places, strict=True):
        title = batch.headings[each.sheet]["title"] if len(batch.headings) > 1 else ""
        shown = InTheWay(each.row, title, each.name, each.sentence)
        record = records.get(place)
        if record is not None:
            shown.name, shown.url = _name(record), address(record, request)
            shown.at, shown.by = last.get(each.pk, (None, None))
        found.append(shown)
    return found, len(touched) - len(named)


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
