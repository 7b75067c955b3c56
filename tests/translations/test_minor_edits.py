"""A minor edit keeps translations current, is written down, and can be undone."""

import pytest

from apps.content.models import State
from apps.content.translation_state import TranslationState, made_from, states, stored_texts
from apps.translations.actions import note_minor_edit, undo_minor_edit
from apps.translations.models import MinorEdit
from tests.editorial.families import address, form_data
from tests.factories import SectionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def edited(record, by, **texts):
    before = stored_texts(record)
    for name, text in texts.items():
        setattr(record, name, text)
    record.minor_edit = True
    record.save()
    return note_minor_edit(record=record, before=before, by=by)


def hindi(record, name):
    return states(record)[name]["hi"]


def test_it_is_written_down_with_the_text_before(superuser):
    topic = TopicFactory(title_en="Debt releif", title_hi="ऋण राहत")
    [edit] = edited(topic, superuser, title_en="Debt relief")
    assert (edit.record, edit.field, edit.languages, edit.before, edit.by) == (
        topic,
        "title",
        ["hi"],
        "Debt releif",
        superuser,
    )
    assert hindi(topic, "title") == TranslationState.CURRENT


def test_nothing_is_written_down_where_no_translation_was_kept(superuser):
    topic = TopicFactory(title_hi="", title_en="Old")
    assert edited(topic, superuser, title_en="New") == []
    assert edited(topic, superuser, summary_hi="केवल अनुवाद") == []
    assert edited(topic, superuser, summary_en=f"  {topic.summary_en} ") == []


def test_a_text_written_in_hindi_has_its_minor_edits_in_hindi(superuser):
    topic = TopicFactory(source_language="hi", title_hi="पुराना")
    [edit] = edited(topic, superuser, title_hi="नया")
    assert (edit.languages, edit.before) == (["en"], "पुराना")


def test_undone_it_leaves_the_translation_outdated_with_the_text_it_was_made_from(superuser):
    section = SectionFactory(body_en="Ten members.")
    [edit] = edited(section, superuser, body_en="Twelve members.")
    undo_minor_edit(edit=edit, by=superuser)
    section.refresh_from_db()
    assert hindi(section, "body") == TranslationState.OUTDATED
    assert made_from(section, "body", "hi") == "Ten members."
    edit.refresh_from_db()
    assert edit.undone_by == superuser
    assert list(MinorEdit.objects.standing()) == []


def test_undone_after_a_greater_edit_the_older_text_stays(superuser):
    section = SectionFactory(body_en="Eight members.")
    section.body_en = "Ten members."
    section.save()
    [edit] = MinorEdit.objects.bulk_create(
        [MinorEdit(record=section, field="body", languages=["hi"], before="Ten members.", by=superuser)]
    )
    section.body_en = "Twelve members."
    section.save()
    undo_minor_edit(edit=edit, by=superuser)
    section.refresh_from_db()
    assert made_from(section, "body", "hi") == "Eight members."


def test_undone_when_the_source_is_back_to_what_it_was_nothing_is_outdated(superuser):
    section = SectionFactory(body_en="Ten members.")
    [edit] = edited(section, superuser, body_en="Ten  or so members.")
    edited(section, superuser, body_en="Ten members.")
    undo_minor_edit(edit=edit, by=superuser)
    section.refresh_from_db()
    assert hindi(section, "body") == TranslationState.CURRENT


def test_undoing_leaves_the_texts_as_they_are(superuser):
    section = SectionFactory(body_en="Ten members.")
    [edit] = edited(section, superuser, body_en="Twelve members.")
    undo_minor_edit(edit=edit, by=superuser)
    section.refresh_from_db()
    assert section.body_en == "Twelve members."


def test_the_edit_of_a_record_that_is_gone_can_be_undone(superuser):
    section = SectionFactory()
    [edit] = edited(section, superuser, body_en="Other.")
    section.delete()
    undo_minor_edit(edit=MinorEdit.objects.get(pk=edit.pk), by=superuser)
    assert MinorEdit.objects.standing().count() == 0


def test_the_log_is_read_and_never_written_at_the_desk(editor, superuser):
    edited(TopicFactory(title_en="Debt releif"), superuser, title_en="Debt relief")
    page = editor.get("/admin/translations/minoredit/")
    assert "Debt relief" in page.content.decode()
    assert editor.get("/admin/translations/minoredit/add/").status_code == 403


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_the_form_of_a_note_notes_what_it_was_told_is_minor(editor, superuser, state):
    topic = TopicFactory(state=state, title_en="Debt releif", title_hi="ऋण राहत")
    section = SectionFactory(topic=topic, body_en="Ten memebrs.")
    data = form_data(editor.get(address(topic, "change")))
    data |= {"title_en": "Debt relief", "sections-0-body_en": "Ten members.", "_minor_edit": "1", "_continue": "1"}
    assert editor.post(address(topic, "change"), data).status_code == 302
    noted = {(edit.object_id, edit.field, edit.before, edit.by) for edit in MinorEdit.objects.all()}
    assert noted == {(topic.pk, "title", "Debt releif", superuser), (section.pk, "body", "Ten memebrs.", superuser)}
    screen = editor.get(address(topic, "translate", "hi"))
    assert all(entry.text.is_current for entry in screen.context["screen"].entries)
    assert screen.content.decode().count('name="_undo"') == 2


def test_without_the_tick_nothing_is_minor(editor):
    topic = TopicFactory(title_en="Debt releif", title_hi="ऋण राहत")
    data = form_data(editor.get(address(topic, "change"))) | {"title_en": "Debt relief", "_continue": "1"}
    editor.post(address(topic, "change"), data)
    assert MinorEdit.objects.count() == 0
    texts = [e.text for e in editor.get(address(topic, "translate", "hi")).context["screen"].entries]
    assert [text.name for text in texts if not text.is_current] == ["title"]


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_undone_on_the_screen_the_working_text_is_outdated(editor, superuser, state):
    topic = TopicFactory(state=state, title_en="Debt releif", title_hi="ऋण राहत")
    data = form_data(editor.get(address(topic, "change")))
    editor.post(address(topic, "change"), data | {"title_en": "Debt relief", "_minor_edit": "1", "_continue": "1"})
    response = editor.post(address(topic, "translate", "hi"), {"_undo": MinorEdit.objects.get().pk})
    [outdated] = [e.text for e in response.context["screen"].entries if not e.text.is_current]
    assert (outdated.name, outdated.made_from, outdated.source) == ("title", "Debt releif", "Debt relief")
