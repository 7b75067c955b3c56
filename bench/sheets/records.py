"""The rows in the database: made for the jobs to start from, and counted afterwards."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from reversion.models import Version

from apps.content.models import Record
from apps.events.models import Event
from apps.languages.fields import plain_rows
from apps.organisations.models import Country, Organisation
from bench.sheets.data import COLUMNS, RELATIONS, SEPARATOR

LINK = Event.organisations.through


def make_references(codes, slugs):
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_superuser("bench", "bench@example.org", None)
    keep(Country, [Country(code=code, name_en=f"Country {code}", name_hi=f"देश {code}") for code in codes])
    kinds = Organisation.Kind.values
    keep(
        Organisation,
        [
            Organisation(slug=slug, kind=kinds[number % len(kinds)], name_en=f"Body {number}", name_hi=f"संस्था {number}")
            for number, slug in enumerate(slugs)
        ],
    )


def make_events(rows):
    """Whole records, search text included, but without versions: those that are there later are the import's."""
    countries, organisations = keys(Country, "code"), keys(Organisation, "slug")
    events, links = [], []
    for row in rows:
        record = Event(**{name: row[name] for name in COLUMNS}, country_id=countries[row["country"]])
        events.append(record)
        links += [(record.pk, organisations[slug]) for slug in row["organisations"].split(SEPARATOR)]
    keep(Event, events)
    LINK.objects.bulk_create([LINK(event_id=event, organisation_id=other) for event, other in links])


def keep(model, made):
    for record in made:
        record.search_text = record.compose_search_text()
    model.objects.bulk_create(made)


def keys(model, name):
    """``{"IN": pk, …}`` of all rows."""
    return dict(plain_rows(model.objects.all()).values_list(name, "pk"))


def linked_pks():
    """``{event pk: {organisation pk, …}}``"""
    found = {}
    for event, other in LINK.objects.values_list("event_id", "organisation_id"):
        found.setdefault(event, set()).add(other)
    return found


def judge(expected):
    """What of the sheet is in the database, as counts; ``expected``: as ``sheet_rows`` gives it.

    ``rows`` in the sheet, ``rows_right`` in each column and the country; ``links`` in the sheet, ``links_right``, and
    ``links_extra`` that are only in the database; ``versions``: events with a version in the history; ``searchable``:
    events with the whole search text; ``events``: all there are.
    """
    kept = {row[0]: row for row in plain_rows(Event.objects.all()).values_list(*COLUMNS, "country__code", "pk")}
    slug_of, linked = {pk: slug for slug, pk in keys(Organisation, "slug").items()}, linked_pks()
    found = {"rows": 0, "rows_right": 0, "links": 0, "links_right": 0, "links_extra": 0}
    for row in expected:
        is_here = kept.get(row["slug"], [None])
        wanted = {*row["organisations"].split(SEPARATOR)}
        found["rows"] += 1
        found["rows_right"] += list(is_here[:-1]) == [row[name] for name in (*COLUMNS, RELATIONS[0])]
        links = {slug_of[pk] for pk in linked.get(is_here[-1], ())}
        found["links"] += len(wanted)
        found["links_right"] += len(wanted & links)
        found["links_extra"] += len(links - wanted)
    versions = Version.objects.get_for_model(Event).values("object_id").distinct().count()
    return found | {"events": len(kept), "versions": versions, "searchable": searchable()}


def searchable():
    rows = Event.objects.iterator(chunk_size=500)
    return sum(row.search_text == Record.compose_search_text(row) for row in rows)
