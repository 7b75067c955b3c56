"""The floor: the fastest reader and writer there is, and nothing between them and the database.

No validation, no history, no search text, no errors for anybody: what is left is what a sheet costs at least.
"""

import csv

from django.db import transaction

from apps.events.models import Event
from apps.languages.fields import plain_rows
from apps.organisations.models import Country, Organisation
from bench.sheets.data import COLUMNS, RELATIONS, SEPARATOR
from bench.sheets.records import LINK, keys, linked_pks

try:
    from python_calamine import CalamineWorkbook
except ImportError:
    CalamineWorkbook = None

name = "floor (calamine)" if CalamineWorkbook else "floor (openpyxl)"
BATCH = 1000
FIELDS = (*COLUMNS, "country_id")


def read(path):
    """Dicts of texts, a row each."""
    headers, *rows = table(path)
    return [dict(zip(headers, map(as_text, row), strict=True)) for row in rows]


def table(path):
    if CalamineWorkbook:
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    import openpyxl

    return openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)


def as_text(value):
    return value if isinstance(value, str) else "" if value is None else value.isoformat()[:10]


def read_and_preview(path):
    """``(new, changed, columns, links)``: records to create, those to update in ``columns``, ``{event pk: {organisation
    pk, …}}`` to set.
    """
    countries, organisations = keys(Country, "code"), keys(Organisation, "slug")
    values = plain_rows(Event.objects.all()).values_list(*COLUMNS, "country_id", "pk")
    here, linked = {row[0]: row for row in values}, linked_pks()
    new, changed, columns, links = [], [], set(), {}
    for row in read(path):
        cells = [*(row[name] for name in COLUMNS), countries[row["country"]]]
        wanted = {organisations[slug] for slug in row["organisations"].split(SEPARATOR)}
        kept = here.get(row["slug"])
        record = Event(**dict(zip(FIELDS, cells, strict=True)))
        if kept is None:
            new.append(record)
        else:
            record.pk = kept[-1]
            if cells != list(kept[:-1]):
                changed.append(record)
                columns |= {name for name, old, cell in zip(FIELDS, kept, cells, strict=False) if old != cell}
        if wanted != linked.get(record.pk, set()):
            links[record.pk] = wanted
    return new, changed, sorted(columns), links


@transaction.atomic
def confirm(handle):
    new, changed, columns, links = handle
    Event.objects.bulk_create(new, batch_size=BATCH)
    if changed:
        Event.objects.bulk_update(changed, columns, batch_size=BATCH)
    if changed and links:
        LINK.objects.filter(event_id__in=links).delete()
    made = [LINK(event_id=event, organisation_id=other) for event, others in links.items() for other in others]
    LINK.objects.bulk_create(made, batch_size=BATCH)


def export(kind, path):
    """Three queries: the events with their countries' codes, the links, the organisations' slugs."""
    slugs, linked = {pk: slug for slug, pk in keys(Organisation, "slug").items()}, linked_pks()
    rows = plain_rows(Event.objects.order_by("start", "slug")).values_list(*COLUMNS, "country__code", "pk")
    table = ([*cells, SEPARATOR.join(sorted(slugs[each] for each in linked[pk]))] for *cells, pk in rows.iterator())
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([[*COLUMNS, *RELATIONS], *table])
        return
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Events")
    sheet.append([*COLUMNS, *RELATIONS])
    for cells in table:
        sheet.append(cells)
    book.save(path)
