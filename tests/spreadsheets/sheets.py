"""Sheets to try: a portal with one rich record of every kind, and short ways to write a sheet and bring it in."""

import io
from datetime import datetime

import pytest
from django.utils import translation

from apps.content.models import record_models
from apps.languages.fields import language_columns, translated_fields
from apps.spreadsheets import actions
from apps.spreadsheets.exporting import export, rows
from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.files.writing import OutColumn, OutSheet, write
from apps.spreadsheets.kinds import name_of
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.refusals import Refused
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
KINDS = ["xlsx", "csv", "ods"]
AWKWARD = "=1+1\n\n  “दक्षिण आयोग”, 'quoted' \"twice\";\tकक्षा _x0041_ <b>&amp;</b>"


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


# --- Out -------------------------------------------------------------------------------------------------------------


def sheet_of(model):
    """``[{column: text}, …]``: the whole sheet of ``model`` as it is exported, but for the versions."""
    sheet = RecordSheet(model)
    names = [column.name for column in sheet.all_columns]
    pks = list(model.objects.values_list("pk", flat=True))
    found = [dict(zip(names, texts, strict=True)) for texts in rows(sheet, pks)]
    return [{name: text for name, text in row.items() if name != "version"} for row in found]


def exported(model, kind="csv", language="en"):
    """The bytes of the file with every record of ``model``."""
    with translation.override(language), export(kind, RecordSheet(model), model.objects.all()) as file:
        return file.read()


def tables(data, kind="csv"):
    """``{title of the sheet: [[text, …], …]}`` of what is in a file."""
    titles = tuple(title for model in MODELS for title in RecordSheet(model).titles)
    return {title: [texts for _number, texts in found] for title, found in read_sheets(kind, data, titles)}


# --- In --------------------------------------------------------------------------------------------------------------


def written(kind, *sheets):
    """The bytes of a file. ``sheets``: ``(title, [{heading: text}, …])``; a row that is ``{}`` is a blank one."""
    file = io.BytesIO()
    write(kind, [_out_sheet(title, found) for title, found in sheets], file)
    return file.getvalue()


def _out_sheet(title, found):
    headings = list(dict.fromkeys(name for row in found for name in row))
    return OutSheet(title, list(map(OutColumn, headings)), [[row.get(name, "") for name in headings] for row in found])


def bring(model, *given, by=None, kind="csv", confirm=True, good_rows=False, language="en", most=10_000):
    """The :class:`Batch` of a sheet: ``given`` are its rows, ``{heading: text}``, or the bytes of the file. It is
    confirmed if nothing is refused (``good_rows``: whatever is) and something would change.
    """
    data = given[0] if isinstance(given[0], bytes) else written(kind, ("1", given))
    sheet = model if isinstance(model, str) else name_of(model)
    batch = actions.receive(
        data=data, file_name=f"sheet.{kind}", file_kind=kind, sheet=sheet, by=by, language=language, most=most
    )
    if confirm and batch.writes and not batch.problems and (good_rows or not batch.refused):
        actions.confirm(batch=batch, by=by, good_rows=good_rows)
    batch.refresh_from_db()
    return batch


def counts(batch):
    """``(new, changed, same, refused)``"""
    return batch.new, batch.changed, batch.same, batch.refused


def refused(batch):
    """``{row: {column: sentences}}`` of the rows that are refused; the column is ``""`` for the row as a whole."""
    assert not batch.problems, batch.problems
    found = {}
    for each in batch.outcomes(("refused",)):
        for column, _text, sentence in each.errors:
            said = found.setdefault(each.row, {})
            said[column] = f"{said[column]} {sentence}" if column in said else sentence
    return found


def complaints(batch):
    """``{column: sentences}`` of the one row that is refused."""
    (said,) = refused(batch).values()
    return said


def changes(batch):
    """``{row: {column: [before, after]}}`` of the rows that change something or are new."""
    return {each.row: each.cells for each in batch.outcomes(("new", "changed"))}


def refusal(act, **given):
    """The sentences with which ``act`` is refused."""
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.sentences


def optional_columns(model):
    """Those that hold no text in a language and may be emptied."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    texts = {*language_columns(model), *translated_fields(model)}
    return [
        each.name for each in fields if each.blank and each.editable and not each.choices and each.name not in texts
    ]
