"""The sheet that explains a workbook's columns, in each language."""

import io
from itertools import takewhile

import pytest
from django.utils import translation
from openpyxl import load_workbook

from apps.content.models import State
from apps.events.models import Event
from apps.languages.fields import own_name
from apps.spreadsheets.guide import guide
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.translators.sheet import export_translations
from apps.topics.models import Topic
from tests.factories import CountryFactory, EventFactory, OrganisationFactory, TopicFactory
from tests.spreadsheets.sheets import MODELS, exported, label

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def guide_of(model, language="en"):
    """``{column: [what to write, must it be filled, …]}`` in that language."""
    with translation.override(language):
        sheet = RecordSheet(model)
        rows = guide([sheet, *sheet.parts]).rows
    # The block in that language ends where the other one begins.
    other = own_name("hi" if language == "en" else "en")
    own = takewhile(lambda row: row[0] != other, rows)
    return {name: facts for name, *facts in own if name}


def event(**facts):
    facts = {"slug": "bandung", "start": "1955-04-18", "title_en": "Asian-African Conference"} | facts
    return EventFactory(state=State.PUBLISHED, country=CountryFactory(code="ID", name_en="Indonesia"), **facts)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_column_is_explained_in_every_language(model):
    sheet = RecordSheet(model)
    explained = guide([sheet])
    for code in ("en", "hi"):
        with translation.override(code):
            told = {row[0]: row[1:] for row in explained.rows}
            assert {str(column.label) for column in sheet.all_columns} <= told.keys()
            assert all(told[str(column.label)][0].startswith(str(column.help)) for column in sheet.all_columns)
    assert {len(row) for row in explained.rows} == {len(explained.columns)}


@pytest.mark.parametrize(("language", "titles"), [
    ("en", ["Events", "How to fill this in"]), ("hi", ["घटनाएँ", "इसे कैसे भरें"]),
])  # fmt: skip
def test_the_guide_speaks_the_editors_language_first_and_the_other_below(language, titles):
    book = load_workbook(io.BytesIO(exported(Event, "xlsx", language)))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == titles
    column = [cell.value for cell in book[titles[1]]["A"]]
    places = {word: column.index(word) for word in ("Column", "स्तम्भ")}
    assert (places["Column"] < places["स्तम्भ"]) == (language == "en")


def test_it_says_what_a_new_record_can_not_do_without():
    needed = {name: facts[1] for name, facts in guide_of(Event).items() if len(facts) > 1}
    assert needed["Address name"] == "In every row"
    assert needed["Title [English]"] == needed["Title [हिन्दी]"] == "For a new record, in one language at least"
    assert needed["State"] == "No; without it: Draft"
    assert needed["Written in"] == "No; without it: English"
    assert needed["Organisations"] == needed["Version (leave as it is)"] == "No"
    assert guide_of(Topic)["Place in the course"][1] == "For a new record"


def test_of_a_text_without_help_it_says_how_long_it_may_be():
    assert guide_of(Event)["Title [English]"][0] == "At most 200 characters."
    assert guide_of(Event)["Summary [English]"][0] == "Markdown. What happened and what it meant."


def test_examples_are_what_the_portals_own_records_have():
    event(organisations=[OrganisationFactory(slug="g-77"), OrganisationFactory(slug="nam")], summary_en="word " * 40)
    EventFactory(slug="secret", title_en="Not out yet", place_en="Nowhere", state=State.DRAFT)
    examples = {name: facts[2] for name, facts in guide_of(Event).items()}
    assert examples["Address name"] == "bandung"
    assert examples["Date, or first day"] == "1955-04-18"
    assert examples["State"] == "Published"
    assert examples["Organisations"] == "g-77; nam"
    assert examples["Summary [English]"].startswith("word word")
    assert len(examples["Summary [English]"]) < 70
    assert examples["Version (leave as it is)"] == ""
    assert guide_of(Event, "hi")["स्थिति"][2] == "प्रकाशित"


def test_a_record_is_named_by_its_key_or_as_the_list_of_the_cell_has_it():
    event()
    assert guide_of(Event)["Country"][2] == "ID, or from the list: Indonesia (ID)"


def test_an_empty_portal_has_no_examples():
    assert len(guide([RecordSheet(Event)]).columns) == 3


def test_the_sections_of_a_note_have_a_part_of_their_own():
    TopicFactory(sections=1)
    rows = guide_of(Topic)
    assert list(rows).index("The columns of “Sections”") > list(rows).index("The columns of “Study notes”")
    assert rows["Anchor"][1] == "In every row"


def test_the_translators_guide_says_which_columns_a_row_can_not_do_without():
    EventFactory(title_hi="")
    with export_translations("xlsx", "en", "hi") as file:
        _sheet, guide = load_workbook(file).worksheets
    needed = {name: said for name, _help, said in guide.iter_rows(min_row=2, values_only=True) if name}
    assert {name for name, said in needed.items() if said == "In every row"} >= {"Kind", "Key", "Field name"}
    assert "In every row" not in {needed["Record"], needed["State"]}
