"""A header row matched to the columns of a sheet, and what an editor is told about one that does not fit."""

import unicodedata
from contextlib import suppress

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.events.models import Event
from apps.spreadsheets.headings import accepted_headings, letter, match_headings, refuse_nameless
from apps.spreadsheets.keys import key_names
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.refusals import Refused
from tests.spreadsheets.sheets import MODELS, label


def headings_of(model):
    return RecordSheet(model).headings


def match(*headers, keys=("slug",), **options):
    return match_headings(list(headers), headings_of(Event), list(keys), **options)


def complaints(*headers, **options):
    with pytest.raises(Refused) as refused:
        match(*headers, **options)
    return refused.value.sentences


# --- Which headings a column has -------------------------------------------------------------------------------------


def test_a_bilingual_column_is_called_by_its_field_and_its_language_in_itself():
    headings = headings_of(Event)["title_hi"]
    assert headings[:2] == ["title_hi", "Title [हिन्दी]"]
    assert {"शीर्षक [हिन्दी]", "Title [Hindi]"} <= set(headings)


def test_the_label_in_the_editors_language_comes_first():
    with translation.override("hi"):
        assert headings_of(Event)["title_en"][:2] == ["title_en", "शीर्षक [English]"]
        assert headings_of(Event)["country"] == ["country", "देश", "Country"]


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_heading_of_every_kind_of_record_leads_to_its_column(model):
    columns = headings_of(model)
    for name, headings in columns.items():
        for heading in headings:
            for form in ("NFC", "NFD"):
                assert match_headings([unicodedata.normalize(form, heading)], columns, [], needed=False) == [name]


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("model", MODELS, ids=label)
def test_a_whole_sheet_is_matched_in_either_language_whatever_the_editors_own(model, language):
    with translation.override(language):
        columns = headings_of(model)
    headers = [headings[1] for headings in columns.values()]
    assert match_headings(headers, headings_of(model), key_names(model)) == list(columns)


# --- Matched ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("TITLE_EN", "title_en"),
        ("  title_en ", "title_en"),
        ("\ufeffTitle [English]", "title_en"),
        ("title\u00a0\u00a0[english]", "title_en"),
        ("Title ［English］", "title_en"),
        ("Title (English)", "title_en"),
        ("Title: English", "title_en"),
        ("Title · English", "title_en"),
        ("शीर्षक [हिन्दी]", "title_hi"),
        ("शीर्षक [हिंदी]", "title_hi"),
        ("शीर्षक[हिन्दी]", "title_hi"),
        ("शीर्षक [अंग्रेजी]", "title_en"),
        ("Title [हिंदी]", "title_hi"),
        ("Title [Hindi]", "title_hi"),
        ("Last  DAY", "end"),
        ("देश", "country"),
    ],
)
def test_spelling_case_spaces_and_brackets_make_no_difference(heading, name):
    assert match("slug", heading) == ["slug", name]


def test_order_does_not_matter_and_empty_places_stay_empty():
    assert match("Title [English]", "", " \u200b", "slug", "") == ["title_en", None, None, "slug", None]


# --- Refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("titel_en", "There is no column “titel_en” in this kind of sheet. The nearest is “title_en”."),
        ("TITEL_HI", "There is no column “TITEL_HI” in this kind of sheet. The nearest is “title_hi”."),
        ("title", "There is no column “title” in this kind of sheet. The nearest is “title_en”."),
        ("Title", "There is no column “Title” in this kind of sheet. The nearest is “Title [English]”."),
        (
            "Titel [Hindee]",
            "There is no column “Titel [Hindee]” in this kind of sheet. The nearest is “Title [Hindi]”.",
        ),
        ("शिर्षक [हिन्दी]", "There is no column “शिर्षक [हिन्दी]” in this kind of sheet. The nearest is “शीर्षक [हिन्दी]”."),
        ("Adress name", "There is no column “Adress name” in this kind of sheet. The nearest is “Address name”."),
        ("qqqq", "There is no column “qqqq” in this kind of sheet. Rename or delete it."),
        ("—", "There is no column “—” in this kind of sheet. Rename or delete it."),
    ],
)
def test_an_unknown_heading_is_refused_with_the_nearest_in_the_editors_style(heading, sentence):
    assert complaints("slug", heading) == [sentence]


def test_the_nearest_is_a_label_in_the_language_of_the_heading():
    with translation.override("hi"):
        assert "“Title [English]”" in complaints("slug", "Titel [English]")[0]
        assert "“शीर्षक [English]”" in complaints("slug", "शिर्षक [English]")[0]


def test_of_many_unknown_headings_a_few_are_named():
    sentences = complaints("slug", *[f"column {number} of mine" for number in range(300)])
    assert len(sentences) == 11
    assert sentences[-1] == "Nor are there 290 other columns of the file."


def test_a_column_twice_is_refused_with_both_places_and_names():
    assert complaints("slug", "Title [English]", "", "title_en") == [
        "The column “Title [English]” is there twice. "
        "Columns B (“Title [English]”) and D (“title_en”) both mean it. Keep one of them."
    ]


def test_a_missing_key_is_named_by_its_label_and_its_machine_name():
    sentence = "The column “Address name” (slug) is missing: it says which record a row is about."
    assert complaints("title_en") == [sentence]
    assert match("title_en", needed=False) == ["title_en"]


def test_each_problem_has_a_sentence():
    assert len(complaints("title_en", "titel_en", "TITLE_EN")) == 3


@pytest.mark.parametrize("headers", [["bandung", "Bandung Conference", "1955"], ["", ""], [], ["1", "2"]])
def test_a_first_row_without_any_heading_gets_one_sentence(headers):
    assert complaints(*headers) == [
        "The first row must hold the names of the columns, such as “Address name”, “State”, “Publish at”. "
        "It has none of them."
    ]


def test_a_heading_that_two_columns_share_is_refused_with_their_machine_names():
    columns = accepted_headings({"body": gettext_lazy("text"), "note": gettext_lazy("text")})
    with pytest.raises(Refused) as refused:
        match_headings(["Text"], columns, [])
    assert refused.value.sentences == [
        "“Text” is the name of several columns here. Write one of these instead: body, note."
    ]


def test_a_machine_name_goes_before_the_label_of_another_column():
    columns = {"text": ["text", "Body"], "note": ["note", "Text"]}
    assert match_headings(["text", "Note"], columns, []) == ["text", "note"]


def test_headings_may_be_a_set():
    assert match_headings(["A b", "slug"], {"slug": {"slug"}, "ab": {"A B"}}, ["slug"]) == ["ab", "slug"]


@pytest.mark.parametrize("mark", ["ï»¿", "\ufeffï»¿", "Ôªø"], ids=["Windows", "saved with a mark of its own", "Mac"])
def test_a_file_that_was_opened_in_the_wrong_encoding_is_refused_with_what_to_do(mark):
    (sentence,) = complaints(f"{mark}slug", "à¤¶à¥€à¤°à¥à¤·à¤•")
    assert "was opened in the wrong encoding" in sentence
    assert "save it as “CSV UTF-8”" in sentence


# --- Cells without a heading -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cells", "place"), [(["a", "x"], "B"), (["a", "", "b", "x"], "D")])
def test_a_cell_under_no_heading_is_refused_with_the_letter_of_its_column(cells, place):
    with pytest.raises(Refused, match=f"Column {place} has no name in the first row."):
        refuse_nameless(["slug", None, "title_en"], cells)


@pytest.mark.parametrize("cells", [["a"], ["a", " ", "b"], ["a", "", "b", "", " "]])
def test_blank_cells_need_no_heading(cells):
    refuse_nameless(["slug", None, "title_en"], cells)


def test_columns_are_counted_in_letters_as_spreadsheet_programs_do():
    assert [letter(place) for place in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


# --- Any header row --------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.characters(codec=None, exclude_categories=[])) | st.sampled_from(["slug", "Title [हिन्दी]"])))
def test_any_header_row_is_matched_or_refused(headers):
    columns = {"slug": ["slug", "Address name"], "title_hi": ["title_hi", "Title [हिन्दी]", "शीर्षक [हिन्दी]"]}
    with suppress(Refused):
        names = match_headings(headers, columns, ["slug"])
        assert len(names) == len(headers)
        assert "slug" in names
