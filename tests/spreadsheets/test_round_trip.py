"""What goes out comes back the same, for every kind of record and of file."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from apps.organisations.models import Organisation
from apps.spreadsheets import workbook, writing
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.forms import KINDS
from apps.spreadsheets.inert import awakened, inert, looks_like_formula
from apps.spreadsheets.reading import read_sheet
from apps.topics.models import Topic
from tests.factories import OrganisationFactory, TopicFactory
from tests.spreadsheets.sheets import AWKWARD, MODELS, bring, fill_portal, label, sheet_of, through

every_kind_of_file = pytest.mark.parametrize("kind", KINDS)
LIMITS = {"rows": 100, "columns": 100, "characters": 1_000_000}
# What a database keeps and an editor types: no invisible characters, LF as the only line ending.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40
)
lines = st.lists(
    texts | st.sampled_from(["", "=1+1", "@", "'=x", "\t", "  दो", "_x000D_", "_x005F_x0041_", "]]>"])
).map("\n".join)


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("model", MODELS, ids=label)
@every_kind_of_file
def test_export_and_import_change_nothing(model, kind):
    fill_portal()
    sheet = sheet_of(model)
    back = through(kind, sheet)
    assert len(sheet) > 0
    assert [back.headers, *back] == [sheet.headers, *sheet]
    preview = bring(model, back)
    assert not preview.is_refused, (preview.problems, preview.refused)
    assert (preview.new, preview.changed, preview.same) == (0, 0, len(sheet))


@pytest.mark.django_db
@pytest.mark.database
@every_kind_of_file
def test_a_sheet_makes_in_an_empty_portal_what_it_was_made_from(kind):
    fill_portal()
    sheets = {model: through(kind, sheet_of(model)) for model in MODELS}
    for model in reversed(MODELS):
        model.objects.all().delete()
    order = sorted(MODELS, key=lambda model: label(model) == "citation")  # what is cited comes before
    for model in order:
        rows = sheets[model]
        if label(model) == "organisation":
            rows = rows.sort("slug", reverse=True)  # unctad, which g-77 names, stands first
        preview = bring(model, rows)
        assert not preview.is_refused, (preview.problems, preview.refused)
        assert preview.new == len(rows)
    assert all(list(sheet_of(model)) == list(sheets[model]) for model in MODELS)


@pytest.mark.django_db
@every_kind_of_file
@pytest.mark.parametrize("text", [AWKWARD, CLEAR, f"'{CLEAR}", "'=1", "\n=1", "-5", "007", "1964-12", "TRUE"])
def test_a_text_that_looks_like_something_else_stays_what_it_is(kind, text):
    OrganisationFactory(slug="g-77", description_en=text)
    assert bring(Organisation, through(kind, sheet_of(Organisation))).same == 1


@pytest.mark.django_db
def test_the_order_of_relations_is_no_change():
    organisations = [OrganisationFactory(slug=slug) for slug in ("b", "a", "c")]
    TopicFactory(slug="note", organisations=organisations)
    assert bring(Topic, {"slug": "note", "organisations": "c;  b ; a"}).same == 1


@given(lines)
def test_any_text_is_inert_in_csv_and_comes_back(text):
    assert awakened(inert(text)) == text
    if looks_like_formula(text):
        assert inert(text).startswith("'")


@settings(deadline=None)
@given(st.lists(st.tuples(lines, lines), min_size=1, max_size=4))
def test_any_texts_survive_a_csv_file(rows):
    rows = [[first or "-", second or "-"] for first, second in rows if (first + second).strip()] or [["x", "y"]]
    back = read_sheet("csv", writing.to_csv([["slug", "title_en"], *rows]))
    assert [cells for cells in back if any(map(str.strip, cells))] == [
        tuple(cell if cell.strip() or place == 0 else "" for place, cell in enumerate(row))
        for row in rows
        if any(map(str.strip, row))
    ]


@pytest.mark.parametrize(
    ("write", "read"), [(writing.to_xlsx, workbook.read_xlsx), (writing.to_ods, workbook.read_ods)]
)
@settings(deadline=None)
@given(st.lists(lines.filter(bool), min_size=1, max_size=4))
def test_any_texts_survive_a_workbook(write, read, row):
    assert read(BytesIO(write([row, row])), LIMITS) == [row, row]


def test_hindi_shows_in_excel():
    assert writing.to_csv([["slug"], ["दक्षिण"]]).startswith(b"\xef\xbb\xbf")


def test_a_formula_is_a_text_in_an_excel_file():
    cell = load_workbook(BytesIO(writing.to_xlsx([["slug"], ["=1+1"]]))).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_formula_is_quoted_in_csv():
    assert b"'=1+1" in writing.to_csv([["slug"], ["=1+1"]])
