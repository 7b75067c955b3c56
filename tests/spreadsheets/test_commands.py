"""Sheets on the terminal: what comes out, what goes in, and with which number the command ends."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from apps.audit.models import Entry
from apps.events.models import Event
from apps.spreadsheets.models import Batch, FilePiece
from tests.factories import EventFactory, TopicFactory
from tests.spreadsheets.sheets import bring, fill_portal, tables, written

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sheet(tmp_path):
    """``sheet({"slug": "bandung", …})``: the path of a CSV file with these rows."""

    def _sheet(*rows, name="sheet.csv"):
        path = tmp_path / name
        path.write_bytes(written(path.suffix[1:], ("1", rows)))
        return path

    return _sheet


def run(capsys, *arguments, **options):
    """``(lines, the number that the command ends with)``"""
    code = 0
    try:
        call_command(*map(str, arguments), **options)
    except SystemExit as end:
        code = end.code
    return capsys.readouterr().out.strip().splitlines(), code


# --- Out -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv", "ods"])
def test_what_the_terminal_exports_it_imports_without_a_change(kind, tmp_path, capsys):
    fill_portal()
    path = tmp_path / f"out.{kind}"
    run(capsys, "export_sheet", "--model", "organisations", path)
    assert run(capsys, "import_sheet", path, "--model", "organisations") == (
        ["new 0, changed 0, same 2, refused 0"],
        0,
    )


def test_a_template_has_headings_and_no_rows(tmp_path, capsys):
    fill_portal()
    run(capsys, "export_sheet", "--model", "events", "--template", tmp_path / "out.csv")
    ((headings, *rows),) = tables((tmp_path / "out.csv").read_bytes()).values()
    assert "Title [हिन्दी]" in headings
    assert rows == []


@pytest.mark.parametrize("name", ["events", "event", "events.event", "Events", "घटनाएँ"])
def test_a_kind_of_record_is_called_as_people_call_it(name, tmp_path, capsys):
    EventFactory(slug="bandung")
    run(capsys, "export_sheet", "--model", name, tmp_path / "out.csv")
    assert "bandung" in (tmp_path / "out.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--model", "evnts", "out.csv"], "Did you mean “events”"),
        (["--model", "events", "out.pdf"], "must end in .xlsx"),
        (["--model", "events", "/no/such/folder/out.csv"], "No such file"),
        (["--model", "all", "out.csv"], "--translate"),
        (["--model", "all", "--translate", "en:fr", "out.csv"], "“en:fr” is not two of the languages"),
        (["--model", "all", "--translate", "en:en", "out.csv"], "“en:en” is not two of the languages"),
    ],
)
def test_a_wrong_export_is_refused_with_a_sentence(arguments, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=words):
        call_command("export_sheet", *arguments)


# --- In --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["--model", "events"], ["--model", "all", "--translate", "en:hi"]],
    ids=["records", "translator's sheet"],
)
def test_what_leaves_by_the_terminal_stands_in_the_audit_log_too(arguments, tmp_path, capsys):
    EventFactory(slug="bandung")
    run(capsys, "export_sheet", *arguments, tmp_path / "out.csv")
    entry = Entry.objects.get(verb="exported")
    assert (entry.by, entry.details["count"]) == (None, 1)


def test_what_only_goes_out_is_not_brought_in(sheet):
    with pytest.raises(CommandError, match="Comments are not brought in by a sheet"):
        call_command("import_sheet", str(sheet({"id": "1"})), "--model", "comments")


def test_a_translators_sheet_is_of_no_one_kind(sheet):
    with pytest.raises(CommandError, match="leave --model out"):
        call_command("import_sheet", str(sheet({"id": "1"})), "--model", "events", "--translate", "en:hi")


def test_the_last_line_counts_what_was_done(sheet, capsys):
    EventFactory(slug="bandung", title_en="Old")
    EventFactory(slug="lusaka", title_en="Same")
    path = sheet(
        {"slug": "bandung", "title_en": "New"}, {"slug": "lusaka", "title_en": "Same"}, {"slug": "a", "title_en": "A"}
    )
    lines, code = run(capsys, "import_sheet", path, "--model", "events")
    assert (lines[-1], code) == ("new 1, changed 1, same 1, refused 0", 0)
    assert Event.objects.get(slug="bandung").title_en == "New"


def test_a_dry_run_says_the_same_and_leaves_nothing(sheet, capsys):
    lines, code = run(capsys, "import_sheet", sheet({"slug": "a", "title_en": "A"}), "--model", "events", "--dry-run")
    assert (lines[-1], code) == ("new 1, changed 0, same 0, refused 0", 0)
    assert not Event.objects.exists()
    assert not Batch.objects.exists()


def test_every_refusal_has_a_line_of_its_own_and_nothing_is_imported(sheet, capsys):
    path = sheet(
        {"slug": "a", "title_en": "A"}, {"slug": "b", "title_en": "B", "start": "x"}, {"slug": "c", "title_en": ""}
    )
    lines, code = run(capsys, "import_sheet", path, "--model", "events")
    assert code == 1
    assert lines[-1] == "new 1, changed 0, same 0, refused 2"
    assert lines[0].startswith("row 3, start: “x” is not a date.")
    assert [line.split(",")[0] for line in lines[:-1]] == ["row 3", "row 4", "row 4"]
    assert not Event.objects.exists()


def test_the_good_rows_are_imported_if_one_says_so(sheet, capsys):
    path = sheet({"slug": "a", "title_en": "A"}, {"slug": "b", "title_en": "B", "start": "x"})
    lines, code = run(capsys, "import_sheet", path, "--model", "events", "--good-rows")
    assert (lines[-1], code) == ("new 1, changed 0, same 0, refused 1", 1)
    assert [event.slug for event in Event.objects.all()] == ["a"]


def test_a_wrong_heading_refuses_the_file(sheet, capsys):
    lines, code = run(capsys, "import_sheet", sheet({"slug": "a", "titel_en": "A"}), "--model", "events")
    assert code == 1
    assert "titel_en" in lines[0]
    assert lines[-1] == "new 0, changed 0, same 0, refused 0"


def test_what_was_imported_can_be_looked_up_and_its_file_is_gone(sheet, capsys):
    run(capsys, "import_sheet", sheet({"slug": "a", "title_en": "A"}), "--model", "events")
    batch = Batch.objects.get()
    assert (batch.state, batch.file_name, batch.by) == (Batch.State.IMPORTED, "sheet.csv", None)
    assert not FilePiece.objects.exists()


def test_an_account_brings_what_it_may(sheet, capsys, django_user_model):
    translator = django_user_model.objects.create_user("meena", is_staff=True)
    translator.groups.add(Group.objects.get(name="Translators into Hindi"))
    EventFactory(slug="bandung", title_en="Old", title_hi="पुराना", state="draft")
    path = sheet({"slug": "bandung", "title_en": "New", "title_hi": "नया"})
    lines, code = run(capsys, "import_sheet", path, "--model", "events", "--as", "meena")
    assert code == 1
    assert "title_en" in lines[0]
    path = sheet({"slug": "bandung", "title_hi": "नया"})
    assert run(capsys, "import_sheet", path, "--model", "events", "--as", "meena")[1] == 0
    assert (Event.objects.get().title_en, Event.objects.get().title_hi) == ("Old", "नया")


@pytest.mark.parametrize(("username", "words"), [("nobody", "There is no account"), ("ravi", "may not import")])
def test_an_account_that_may_not_is_refused(username, words, sheet, django_user_model):
    django_user_model.objects.create_user("ravi", is_staff=True)
    with pytest.raises(CommandError, match=words):
        call_command("import_sheet", str(sheet({"slug": "a"})), "--model", "events", "--as", username)


def test_a_missing_file_is_named():
    with pytest.raises(CommandError, match=r"no\.csv: No such file"):
        call_command("import_sheet", "no.csv", "--model", "events")


def test_a_translators_sheet_goes_out_and_comes_back(tmp_path, capsys):
    TopicFactory(slug="origins", title_en="Origins", title_hi="", state="draft")
    path = tmp_path / "out.xlsx"
    run(capsys, "export_sheet", "--model", "all", "--translate", "en:hi", path)
    lines, code = run(capsys, "import_sheet", path, "--translate", "en:hi")
    assert code == 0
    assert lines[-1].startswith("new 0, changed 0, same ")


def test_a_translators_sheet_says_itself_between_which_languages_it_is(tmp_path, capsys):
    TopicFactory(slug="origins", title_en="", title_hi="उद्गम", state="draft")
    path = tmp_path / "out.csv"
    run(capsys, "export_sheet", "--model", "all", "--translate", "hi:en", path)
    assert run(capsys, "import_sheet", path, "--model", "all")[1] == 0
    assert Batch.objects.get().sheet == "translate:hi:en"


def test_without_a_kind_nothing_is_read(sheet):
    with pytest.raises(CommandError, match="--model events"):
        call_command("import_sheet", str(sheet({"slug": "a"})))


def test_that_nothing_was_imported_is_said_beside_the_counts(sheet, capsys):
    path = sheet({"slug": "a", "title_en": "A"}, {"slug": "b", "title_en": "B", "start": "x"})
    with pytest.raises(SystemExit):
        call_command("import_sheet", str(path), "--model", "events")
    assert "--good-rows" in capsys.readouterr().err


def test_what_somebody_else_changed_meanwhile_is_said(capsys, sheet):
    EventFactory(slug="bandung", title_en="Old")
    path = sheet({"slug": "bandung", "title_en": "New", "version": "2020-01-01T00:00:00+00:00"})
    lines, code = run(capsys, "import_sheet", path, "--model", "events")
    assert code == 1
    assert "was changed on" in lines[0]
    assert bring(Event, {"slug": "bandung", "title_en": "Old"}).same == 1
