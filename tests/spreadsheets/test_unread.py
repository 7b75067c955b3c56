"""What a file holds beside the sheets that are read is said, so that nobody's rows are lost without a word."""

from io import BytesIO

import openpyxl
import pytest
from django.core.management import call_command

from apps.events.models import Event
from apps.spreadsheets import corrections
from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.models import Batch
from apps.spreadsheets.translators.sheet import export_translations
from apps.spreadsheets.unread import unread_told
from apps.topics.models import Topic
from tests.factories import EventFactory
from tests.spreadsheets import desk
from tests.spreadsheets.sheets import bring, exported, fill_portal, written
from tests.spreadsheets.translators.sheets import receive

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BOOKS = pytest.mark.parametrize("kind", ["xlsx", "ods"])
ROW = {"slug": "bandung", "title_en": "Bandung"}


def edited(data, edit):
    """An Excel workbook as somebody saves it after ``edit(book)``."""
    book, stream = openpyxl.load_workbook(BytesIO(data)), BytesIO()
    edit(book)
    book.save(stream)
    return stream.getvalue()


@BOOKS
def test_a_second_sheet_with_rows_is_named(kind):
    batch = bring(Event, written(kind, ("Events", [ROW]), ("Events (2)", [ROW | {"slug": "lima"}])), kind=kind)
    assert batch.unread == ["Events (2)"]
    assert Batch.objects.get().state == "imported"
    assert unread_told(batch)[:2] == ["Not read: “Events (2)”.", "Of this file only “Events” is read."]


@BOOKS
@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("model", [Event, Topic])
def test_our_own_workbook_has_nothing_that_is_not_read(model, language, kind):
    fill_portal()
    assert bring(model, exported(model, kind, language), kind=kind).unread == []


@BOOKS
def test_the_sheet_of_sections_under_another_name_is_told_and_how_it_should_be_called(kind):
    notes, sections = [{"slug": "origins", "position": "1", "title_en": "Origins"}], [{"topic": "origins"}]
    batch = bring(Topic, written(kind, ("Notes", notes), ("Parts", sections)), kind=kind)
    assert batch.unread == ["Parts"]
    assert "Or name the sheet “Sections”, if that is what it holds." in unread_told(batch)


@BOOKS
def test_of_a_workbook_with_its_sections_no_name_is_proposed(kind):
    notes = [{"slug": "origins", "position": "1", "title_en": "Origins"}]
    section = {"topic": "origins", "anchor": "a", "heading_en": "A", "position": "1"}
    data = written(kind, ("Notes", notes), ("Sections", [section]), ("Parts", [section]), ("More", [section]))
    batch = bring(Topic, data, kind=kind)
    _not_read, only, *advice = unread_told(batch)
    assert batch.unread == ["Parts", "More"]
    assert only == "Of this file only “Notes”, “Sections” are read."
    assert "Sections" not in " ".join(advice)


def test_a_sheet_copied_inside_a_translators_workbook_is_told():
    EventFactory(title_en="Bandung", title_hi="")
    with export_translations("xlsx", "en", "hi") as file:
        data = edited(file.read(), lambda book: book.copy_worksheet(book.worksheets[0]))
    (title,) = receive(data, "xlsx").unread
    assert title.endswith("Copy")


def test_a_sheet_copied_behind_the_guide_of_a_libreoffice_workbook_is_told():
    EventFactory()
    data = written("ods", ("Events", [ROW]), ("How to fill this in", [{"a": "b"}]), ("Copy", [ROW]))
    assert bring(Event, data, kind="ods").unread == ["Copy"]


def test_it_is_told_also_of_a_file_that_is_refused():
    batch = bring(Event, written("xlsx", ("Other", [{"nothing": "x"}]), ("More", [ROW])), kind="xlsx")
    assert batch.problems
    assert unread_told(batch)[0] == "Not read: “More”."


def test_of_a_file_of_notes_that_is_refused_on_the_way_no_sheet_is_said_to_be_the_only_one():
    data = written("xlsx", ("Notes", [{"nothing": "x"}]), ("Sections", [{"topic": "x"}]), ("More", [ROW]))
    told = " ".join(unread_told(bring(Topic, data, kind="xlsx")))
    assert "“More”" in told
    assert "only" not in told
    assert "Sections" not in told


def test_the_preview_says_it_and_a_file_with_one_sheet_has_no_such_notice(editor):
    data = written("xlsx", ("Events", [ROW]), ("<b>", [ROW]))
    page = desk.bring(editor, Event, data, "sheet.xlsx")
    assert "Not read: “&lt;b&gt;”. Of this file only “Events” is read." in page.text
    assert "Not read" not in desk.bring(editor, Event, written("xlsx", ("Events", [ROW])), "sheet.xlsx").text


def test_the_terminal_says_it_in_one_line(tmp_path, capsys):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(written("xlsx", ("Events", [ROW]), ("Sheet2", [ROW])))
    call_command("import_sheet", path, "--model", "events", "--dry-run")
    (line,) = [each for each in capsys.readouterr().err.splitlines() if "Not read" in each]
    assert line.startswith("Not read: “Sheet2”. Of this file only “Events” is read.")


@BOOKS
def test_a_sheet_under_its_own_name_is_read_wherever_it_stands(kind):
    cover = [{"To do": "ask Meena"}]
    batch = bring(Event, written(kind, ("Notes", cover), ("Events", [ROW])), kind=kind)
    assert (batch.unread, batch.new) == (["Notes"], 1)


@BOOKS
def test_its_errors_are_marked_there(kind):
    data = written(kind, ("Notes", [{"To do": "ask Meena"}]), ("घटनाएँ", [ROW | {"start": "soon"}]))
    batch = bring(Event, data, kind=kind)
    marked = {title: list(rows) for title, rows in read_sheets(kind, corrections.marked(batch), ["घटनाएँ"])}
    assert [texts for _number, texts in marked["Notes"]] == [["To do"], ["ask Meena"]]
    assert "soon" in marked["घटनाएँ"][1][1][3]


@BOOKS
@pytest.mark.parametrize("name", ["Section", "sections ", "Sectons", "Sections (2)"])
def test_a_sheet_of_sections_that_is_misnamed_is_refused(kind, name):
    notes, section = {"slug": "origins", "position": "1", "title_en": "Origins"}, {"topic": "origins", "anchor": "a"}
    batch = bring(Topic, written(kind, ("Study notes", [notes]), (name, [section])), kind=kind)
    if name == "sections ":
        assert batch.unread == []
    else:
        assert batch.problems == [
            f"The sheet “{name}” is not read. Call it “Sections” and put it behind the first one."
        ]
        assert not Topic.objects.exists()


def test_of_a_file_of_another_kind_no_unread_sheet_is_told(editor):
    fill_portal()
    page = desk.bring(editor, Event, exported(Topic, "xlsx"), "notes.xlsx")
    assert "another kind of sheet" in page.text
    assert "Not read" not in page.text
