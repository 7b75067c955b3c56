"""Sheets to try: a portal with one rich record of every kind, and short ways to write a sheet and bring it in."""

from datetime import datetime

import tablib

from apps.content.models import record_models
from apps.spreadsheets.forms import KINDS
from apps.spreadsheets.preview import preview_of
from apps.spreadsheets.resources import resource_for
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    GlossaryTermFactory,
    OrganisationFactory,
    QuestionFactory,
    SourceFactory,
    TopicFactory,
)

MODELS = record_models()
AWKWARD = "=1+1\n\n  “दक्षिण आयोग”, 'quoted' \"twice\";\tकक्षा _x0041_ <b>&amp;</b> "


def label(model):
    return model._meta.model_name


def fill_portal():
    """A record of every kind, with relations, both languages, awkward text, and gaps."""
    members = [CountryFactory(code="IN", name_hi="भारत"), CountryFactory(code="KE", name_hi="")]
    parent = OrganisationFactory(slug="unctad", description_en=AWKWARD, description_hi="- पहला\n- दूसरा")
    organisation = OrganisationFactory(
        slug="g-77", members=members, parent=parent, founded="1964-06", other_names_en="Group\n77"
    )
    event = EventFactory(slug="bandung", start="1955-04-18", organisations=[organisation, parent], country=members[0])
    term = GlossaryTermFactory(slug="summit", acronym_en="S")
    note = TopicFactory(
        slug="origins", sections=2, organisations=[organisation], events=[event], terms=[term],
        publish_at=datetime.fromisoformat("2026-08-15T09:30:15.000123+05:30"),
    )  # fmt: skip
    source = SourceFactory(slug="report", published="1955", website="https://example.org/?a=1&b=2")
    for position, fact in enumerate(["date", ""], start=1):
        CitationFactory(record=event, source=source, position=position, fact=fact, value_en="1955", value_hi="1955")
    QuestionFactory(topic=note, choices_en="", choices_hi="", correct=None)
    QuestionFactory(topic=note)


def sheet_of(model):
    """The whole sheet of ``model`` as it is exported: a Dataset of texts."""
    return resource_for(model)().export()


def through(kind, dataset):
    """``dataset`` written as a file of ``kind`` and read again."""
    return KINDS[kind]().create_dataset(KINDS[kind]().export_data(dataset))


def sheet(*rows):
    """A sheet from dictionaries: ``sheet({"slug": "bandung", "title_en": "Bandung"})``."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return tablib.Dataset(*[[row.get(name, "") for name in headers] for row in rows], headers=headers)


def bring(model, *rows, dry_run=False):
    """The :class:`Preview` of importing ``rows`` (dictionaries, or one Dataset)."""
    dataset = rows[0] if isinstance(rows[0], tablib.Dataset) else sheet(*rows)
    return preview_of(resource_for(model)().import_data(dataset, dry_run=dry_run))


def complaints(preview):
    """``{"slug": "…"}``: what is said of each column of the one row that is refused; ``""`` for the whole row."""
    (row,) = preview.refused
    return dict(row[1])
