"""An import is undone only after a question, and whatever keeps a sheet from being imported or undone is named."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from apps.comments.models import Comment
from apps.content.models import State
from apps.events.models import Event
from apps.organisations.models import Organisation
from apps.publishing.history import act
from apps.publishing.working_copy import rows_to_work_on
from apps.spreadsheets import actions
from apps.spreadsheets.models import Batch
from apps.topics.models import Section, Topic
from tests.factories import EventFactory, SectionFactory, TopicFactory
from tests.spreadsheets import sheets
from tests.spreadsheets.desk import batch, bring, its, press, undo
from tests.spreadsheets.translators import sheets as translators

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LOOK_AGAIN = "Look whether it can be undone now"
PROMISE = "It can be undone for as long as"


def page_of(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@pytest.fixture
def meena(django_user_model):
    return django_user_model.objects.create_user("meena", first_name="Meena", last_name="Rao", is_staff=True)


def change(record, by, **values):
    record.refresh_from_db()
    for name, value in values.items():
        setattr(record, name, value)
    with act(by):
        record.save()


@pytest.fixture
def touched(editor, meena):
    """An event that a sheet changed, and that somebody renamed since."""
    event = EventFactory(slug="bandung", title_en="Old")
    bring(editor, Event, "slug,title_en\nbandung,New\nbelgrade,Belgrade\n")
    press(editor, "confirm")
    change(event, meena, title_en="Asian-African Conference")
    return event


# --- The question ----------------------------------------------------------------------------------------------------


def test_undoing_asks_first_and_says_what_it_does(editor):
    EventFactory(slug="bandung", title_en="Old")
    bring(editor, Event, "slug,title_en\nbandung,New\nbelgrade,Belgrade\nlusaka,Lusaka\n")
    done = press(editor, "confirm")
    assert its("undo") in done.text
    assert 'name="undo"' not in done.text
    question = editor.get(its("undo"))
    assert "Undo this import?" in question.text
    assert "1 record becomes again what it was before the import." in question.text
    assert "2 records that the import made are deleted." in question.text
    assert batch().state == "imported"
    assert Event.objects.count() == 3
    assert "The import was undone" in undo(editor).text
    assert [each.title_en for each in Event.objects.all()] == ["Old"]


def test_who_may_not_undo_is_not_asked_either(editor, client, django_user_model):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    press(editor, "confirm")
    watcher = django_user_model.objects.create_user("watcher", is_staff=True)
    client.force_login(watcher)
    assert client.get(its("undo")).status_code == 404
    assert undo(client).status_code == 404
    watcher.user_permissions.add(_right("view_batch"))
    assert client.get(its("undo")).status_code == 403
    assert undo(client).status_code == 403
    assert its("undo") not in client.get(its("change")).text
    assert batch().state == "imported"


def _right(name):
    return Permission.objects.get(codename=name)


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_imported_is_not_undone(editor, method):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    page = getattr(editor, method)(its("undo"), follow=True)
    assert "That can&#x27;t be done any more." in page.text
    assert "Preview: nothing is imported yet" in page.text


# --- What is in the way of undoing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("ask", [lambda client: client.get(its("undo")), undo], ids=["asked", "answered"])
def test_a_refused_undo_says_why_promises_nothing_and_can_be_tried_again(editor, touched, ask):
    page = ask(editor)
    assert "Nothing was undone." in page.text
    assert "It was changed since." in page.text
    assert PROMISE not in page.text
    assert 'name="undo"' not in page.text
    assert LOOK_AGAIN in page.text
    assert Event.objects.count() == 2


def test_once_it_is_out_of_the_way_it_can_be_undone(editor):
    bring(editor, Topic, "slug,position,title_en\norigins,1,Origins\n")
    press(editor, "confirm")
    section = SectionFactory(topic=Topic.objects.get())
    assert "Something else belongs to it" in editor.get(its("undo")).text
    Section.objects.filter(pk=section.pk).delete()
    Topic.objects.update(updated_at=batch().parts.get().written_at)
    assert "Undo this import?" in editor.get(its("undo")).text


def test_it_is_named_as_it_is_called_now_with_its_page_and_its_last_change(editor, touched):
    (row,) = undo(editor).context["moved"]
    assert (row.row, row.name, row.url) == (2, "Asian-African Conference", page_of(touched))
    assert row.by.get_full_name() == "Meena Rao"
    touched.refresh_from_db()
    assert abs((row.at - touched.updated_at).total_seconds()) < 5
    assert f'href="{page_of(touched)}"' in undo(editor).text
    assert "Meena Rao" in undo(editor).text


def test_what_is_gone_is_called_as_in_the_file_and_has_no_page(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    press(editor, "confirm")
    Event.objects.all().delete()
    (row,) = editor.get(its("undo")).context["moved"]
    assert (row.name, row.url, row.sentence) == ("Bandung", "", "It was deleted since.")


def test_a_section_is_named_with_its_note_and_leads_to_its_page(editor, meena):
    note = TopicFactory(slug="origins", sections=1)
    bring(editor, Section, "topic,anchor,heading_en\norigins,section-1,New\n")
    press(editor, "confirm")
    change(note.sections.get(), meena, heading_en="Another")
    (row,) = editor.get(its("undo")).context["moved"]
    assert (row.name, row.url) == (f"Another ({note})", page_of(note))


def test_who_may_not_see_a_record_gets_no_link_to_it(touched, client, django_user_model):
    importer = django_user_model.objects.create_user("importer", is_staff=True)
    importer.user_permissions.set([_right("import_event"), _right("publish_event"), _right("view_batch")])
    client.force_login(importer)
    (row,) = client.get(its("undo")).context["moved"]
    assert (row.name, row.url) == ("Asian-African Conference", "")


def test_of_a_draft_it_says_who_changed_that(client, meena):
    """What a translator brought went into the draft, and there somebody worked on it."""
    event, by = EventFactory(slug="bandung", title_hi="पुराना", state=State.PUBLISHED), translators.translator()
    row = translators.row_of(translators.rows_out(), "events.event", "bandung", "title")
    found = translators.bring([row | {"target_hi": "नया"}], by=by)
    actions.confirm(batch=found, by=by)
    with rows_to_work_on(event, meena, "") as whole:
        whole.title_hi = "और नया"
        whole.save()
    client.force_login(by)
    (row,) = client.get(its("undo", found)).context["moved"]
    assert (row.url, row.by.get_full_name()) == (page_of(event), "Meena Rao")


def test_fifty_are_named_and_the_others_counted_in_as_many_queries_as_for_few(
    editor, django_assert_max_num_queries, meena
):
    rows = "".join(f"event-{number},Event {number}\n" for number in range(60))
    bring(editor, Event, f"slug,title_en\n{rows}")
    press(editor, "confirm")
    for event in Event.objects.all():
        change(event, meena, place_en="Bandung")
    with django_assert_max_num_queries(24):
        page = editor.get(its("undo"))
    assert [row.row for row in page.context["moved"]] == list(range(2, 52))
    assert "And 10 more records." in page.text
    with pytest.raises(actions.Moved) as refused:
        actions.undo(batch=batch(), by=None)
    assert len(refused.value.touched) == 60
    assert refused.value.sentences[1] == "Row 2, “Event 0”: It was changed since."
    assert refused.value.sentences[-1] == "And 10 more."


def test_what_the_worker_could_not_undo_takes_the_promise_from_the_page(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    assert PROMISE in press(editor, "confirm").text
    Batch.objects.update(problems=["Row 2, “Bandung” stays imported: It was changed since."])
    page = editor.get(its("change"))
    assert "stays imported" in page.text
    assert PROMISE not in page.text
    assert LOOK_AGAIN in page.text


# --- What is in the way of importing ---------------------------------------------------------------------------------


def test_what_changed_after_the_preview_is_named_with_its_page_and_its_last_change(editor, meena):
    event = EventFactory(slug="bandung", title_en="Bandung")
    bring(editor, Event, "slug,title_en\nbelgrade,Belgrade\nbandung,From the sheet\n")
    change(event, meena, title_en="From the form")
    page = press(editor, "confirm")
    (row,) = page.context["moved"]
    assert (row.row, row.name, row.url) == (3, "From the form", page_of(event))
    assert row.sentence == "This record was changed after the preview. Look at the preview again."
    assert row.by == meena
    assert page.text.count("was changed after the preview") == 1
    assert batch().problems == [f"Row 3, “From the sheet”: {row.sentence}"]
    assert "<del>form</del><ins>sheet</ins>" in press(editor, "look_again").text


def test_on_the_second_sheet_of_a_workbook_it_says_so(editor, meena):
    note = TopicFactory(slug="origins", sections=1)
    notes = ("Notes", [{"slug": "origins", "title_en": "Origins"}])
    sections = ("Sections", [{"topic": "origins", "anchor": "section-1", "heading_en": "New"}])
    bring(editor, Topic, sheets.written("xlsx", notes, sections), "notes.xlsx")
    change(note.sections.get(), meena, heading_en="Another")
    (row,) = press(editor, "confirm").context["moved"]
    assert (row.sheet, row.row, row.name) == ("Sections", 2, f"Another ({note})")


def test_a_comment_on_what_a_sheet_made_is_in_the_way(editor):
    bring(editor, Topic, "slug,position,title_en\norigins,1,Origins\n")
    press(editor, "confirm")
    Comment.objects.create(topic=Topic.objects.get(), name="A", text="B", language="en")
    (row,) = editor.get(its("undo")).context["moved"]
    assert row.sentence == "Something else belongs to it or names it by now."


def test_an_organisation_that_an_event_names_by_now_is_linked(editor):
    bring(editor, Organisation, "slug,name_en,kind\ng-77,Group of 77,un_body\n")
    press(editor, "confirm")
    organisation = Organisation.objects.get()
    EventFactory(organisations=[organisation])
    (row,) = editor.get(its("undo")).context["moved"]
    assert row.url == page_of(organisation)
