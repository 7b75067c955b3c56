"""The history at the desk: its pages, who may open them, and what its buttons do."""

import uuid

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from reversion.models import Version

from apps.content.models import Content, State
from apps.publishing import actions, history, live, snapshots
from apps.publishing.models import draft_of
from apps.topics.models import Topic
from tests.comments.factories import CommentFactory
from tests.editorial.families import DESK_MODELS, address, label, make
from tests.factories import EventFactory, QuestionFactory, SectionFactory, SourceFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WHOLES = [model for model in DESK_MODELS if not model.whole_relation]


@pytest.fixture
def note():
    """A published note with two versions after its first: another title, another text in its section."""
    note = TopicFactory(title_en="Bandung", title_hi="बांडुंग")
    section = SectionFactory(topic=note, heading_en="The beginnings", body_en="First.", body_hi="दक्षिण आयोग बना।")
    note = snapshots.fresh(note)
    note.title_hi = "बांडुंग सम्मेलन"
    note.save()
    section.body_hi = "दक्षिण आयोग टूटा।"
    section.save()
    return note


def ids(record):
    """The ids of its versions, newest first."""
    return [entry.id for entry in history.entries(record)]


def compare(record, older, newer="now"):
    return f"{address(record, 'history')}compare/?from={older}&to={newer}"


def person(django_user_model, *rights):
    """The browser of somebody with these rights on notes ("view", "change", …)."""
    user = django_user_model.objects.create_user("meena", password="a-long-password-1", is_staff=True)
    codes = [f"{right}_topic" for right in rights]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes, content_type__app_label="topics"))
    client = Client()
    client.force_login(user)
    return client


def first_of(record):
    return ids(record)[-1]


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("model", WHOLES, ids=label)
def test_every_kind_of_record_has_its_pages_in_both_languages(editor, model, language):
    record = make(model)
    editor.cookies["django_language"] = language
    for page in (address(record, "history"), compare(record, first_of(record)), address(model, "deleted")):
        assert editor.get(page).status_code == 200
    pk = record.pk
    record.delete()
    assert editor.get(f"{address(model, 'deleted')}{pk}/").status_code == 200


def test_the_history_says_who_when_how_and_what_newest_first(editor, superuser, note):
    with history.act(superuser, "Changed in its form."):
        note.title_en = "Bandung, 1955"
        note.save()
    rows = editor.get(address(note, "history")).context["rows"]
    assert (rows[0].by, rows[0].how, rows[0].changes) == (superuser, "Changed in its form.", ["Title · English"])
    assert rows[1].changes == ["Section “The beginnings” · Text · Hindi"]
    assert rows[2].changes == ["Title · Hindi"]
    page = editor.get(address(note, "history")).content.decode()
    assert "asha" in page
    assert "the portal" in page
    assert "Edition 3" in page


def test_what_is_kept_in_english_is_read_in_hindi(editor, superuser):
    note = TopicFactory()
    with history.act(superuser, "Imported from a sheet."):
        note.save()
    editor.cookies["django_language"] = "hi"
    assert editor.get(address(note, "history")).context["rows"][0].how != "Imported from a sheet."


def test_a_draft_is_marked(editor, note):
    snapshot, _conflicts = live.working_copy(note)
    snapshot["record"]["title_en"] = "A draft"
    actions.keep(record=note, snapshot=snapshot, by=None)
    assert 'class="state state-draft">Draft<' in editor.get(address(note, "history")).content.decode()


def test_a_long_history_is_read_in_pages(editor):
    source = SourceFactory()
    for number in range(24):
        source.title_en = f"Title {number}"
        source.save()
    first, second = (editor.get(address(source, "history"), {"p": page}).context["rows"] for page in (1, 2))
    assert (len(first), len(second)) == (20, 5)
    assert second[-1].before is None


def test_the_page_asks_no_more_however_long_the_history_is(editor, django_assert_max_num_queries):
    note = TopicFactory(sections=3)
    for number in range(18):
        note.title_hi = f"शीर्षक {number}"
        note.save()
    editor.get(address(note, "history"))
    with django_assert_max_num_queries(14):
        assert len(editor.get(address(note, "history")).context["rows"]) == 20


def test_the_history_of_a_section_is_that_of_its_note(editor, note):
    response = editor.get(address(note.sections.get(), "history"))
    assert response.url == address(note, "history")


def test_that_a_record_was_gone_for_a_while_stands_in_its_history(editor, note):
    pk = note.pk
    editor.post(address(note, "delete"), {"post": "yes"})
    editor.post(f"{address(Topic, 'deleted')}{pk}/")
    rows = editor.get(address(Topic.objects.get(pk=pk), "history")).context["rows"]
    assert [(row.kind, row.how) for row in rows[:2]] == [
        ("saved", "Brought back after it was deleted."),
        ("deleted", "Deleted."),
    ]


# --- The comparison ---------------------------------------------------------------------------------------------------


def test_the_comparison_marks_whole_hindi_words(editor, note):
    page = editor.get(compare(note, *reversed(ids(note)[:2]))).content.decode()
    assert '<div lang="hi">दक्षिण आयोग <del>बना</del>।</div>' in page
    assert '<div lang="hi">दक्षिण आयोग <ins>टूटा</ins>।</div>' in page


def test_the_older_version_stands_first_however_it_was_asked(editor, note):
    newest, *_others, oldest = ids(note)
    context = editor.get(compare(note, newest, oldest)).context
    assert (context["older"].id, context["newer"].id) == (str(oldest), str(newest))


def test_a_section_that_was_taken_away_is_shown_in_full(editor, note):
    version = ids(note)[0]
    note.sections.get().delete()
    page = editor.get(compare(note, version)).content.decode()
    assert "Section “The beginnings” · taken away" in page
    assert '<div class="compared-whole" lang="hi"><del>दक्षिण आयोग टूटा।</del></div>' in page


NO_VERSION = ["", "?from=nonsense", "?from=99999999999999999999&to=now", "?to=now", "?from=١&to=now"]


@pytest.mark.parametrize("query", NO_VERSION)
def test_an_address_that_names_no_version_is_not_found(editor, note, query):
    assert editor.get(f"{address(note, 'history')}compare/{query}").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_version_of_another_record_is_not_found(editor, note, method):
    other = TopicFactory()
    answer = getattr(editor, method)(compare(note, first_of(other)))
    assert answer.status_code == 404
    assert getattr(editor, method)(compare(note, first_of(EventFactory()))).status_code == 404


@pytest.mark.parametrize("page", ["history/", "history/compare/?from=1"])
def test_a_record_that_is_not_there_is_not_found(editor, page):
    for pk in (uuid.uuid4(), "nonsense"):
        assert editor.get(f"/admin/topics/topic/{pk}/{page}").status_code == 404


# --- Bringing back ----------------------------------------------------------------------------------------------------


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_a_field_that_is_ticked_comes_back_into_the_draft(editor, note, reader):
    response = editor.post(compare(note, first_of(note)), {"cell": ["record//title_hi"]}, follow=True)
    assert "Brought back into the draft" in said(response)[-1]
    assert address(note, "publishing") in said(response)[-1]
    assert draft_of(note).snapshot["record"]["title_hi"] == "बांडुंग"
    assert draft_of(note).updated_by.username == "asha"
    assert "बांडुंग सम्मेलन" in reader.get(f"/hi/topics/{note.slug}/").content.decode()


def test_a_section_that_is_ticked_comes_back(editor, note):
    pk = note.sections.get().pk
    editor.post(compare(note, ids(note)[2]), {"cell": [f"sections/{pk}/"]})
    assert draft_of(note).snapshot["sections"][str(pk)]["body_hi"] == "दक्षिण आयोग बना।"
    assert draft_of(note).snapshot["record"]["title_hi"] == "बांडुंग सम्मेलन"


def test_the_whole_version_comes_back(editor, note):
    editor.post(compare(note, ids(note)[2]), {"everything": "1"})
    text = draft_of(note).snapshot
    assert text["record"]["title_hi"] == "बांडुंग"
    assert [row["body_hi"] for row in text["sections"].values()] == ["दक्षिण आयोग बना।"]


def test_in_a_record_that_readers_do_not_see_it_comes_back_at_once(editor, note):
    actions.withdraw(record=note, by=None)
    response = editor.post(compare(note, first_of(note)), {"cell": ["record//title_hi"]}, follow=True)
    assert address(note, "change") in said(response)[-1]
    assert Topic.objects.get().title_hi == "बांडुंग"


def test_nothing_ticked_changes_nothing_and_says_so(editor, note):
    assert said(editor.post(compare(note, first_of(note)))) == ["Nothing was chosen. Tick what you want to bring back."]
    assert draft_of(note) is None


@pytest.mark.parametrize(
    "cell", ["record//", "record//state", "record//outdated", "record//pk", "nowhere/1/x", "sections/1/body_hi", "x"]
)
def test_a_cell_that_is_none_is_not_heard(editor, note, cell):
    assert editor.post(compare(note, first_of(note)), {"cell": [cell]}).status_code == 200
    assert draft_of(note) is None


def test_a_broken_rule_is_said_and_what_was_ticked_stays_ticked(editor):
    note = TopicFactory(state=State.DRAFT, summary_en="word " * 70)
    note.summary_en = "Short."
    note.save()
    response = editor.post(compare(note, first_of(note)), {"cell": ["record//summary_en"]})
    assert "At most 60 words" in said(response)[0]
    assert 'value="record//summary_en" checked' in response.content.decode()
    assert Topic.objects.get().summary_en == "Short."


# --- Who may ----------------------------------------------------------------------------------------------------------


def test_whoever_may_look_reads_the_history_and_brings_nothing_back(note, django_user_model):
    viewer = person(django_user_model, "view")
    assert viewer.get(address(note, "history")).status_code == 200
    page = viewer.get(compare(note, first_of(note)))
    assert page.status_code == 200
    assert "checkbox" not in page.content.decode()
    assert viewer.post(compare(note, first_of(note)), {"everything": "1"}).status_code == 403
    assert draft_of(note) is None


def test_an_author_brings_back_in_their_own_note_only(note, django_user_model):
    author = person(django_user_model, "view", "change_own")
    assert author.post(compare(note, first_of(note)), {"everything": "1"}).status_code == 403
    Topic.objects.update(created_by=django_user_model.objects.get(username="meena"))
    assert author.post(compare(note, first_of(note)), {"everything": "1"}).status_code == 302


def test_whoever_has_no_right_sees_nothing(note, django_user_model):
    stranger = person(django_user_model)
    pages = [address(note, "history"), compare(note, first_of(note)), address(Topic, "deleted")]
    assert {stranger.get(page).status_code for page in pages} <= {403, 404}


@pytest.mark.parametrize("rights", [("view", "change"), ("view", "add"), ("view", "delete")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_bringing_back_needs_the_rights_to_delete_and_to_add(note, django_user_model, rights, method):
    pk = note.pk
    note.delete()
    somebody = person(django_user_model, *rights)
    assert getattr(somebody, method)(address(Topic, "deleted")).status_code == 403
    assert getattr(somebody, method)(f"{address(Topic, 'deleted')}{pk}/").status_code == 403
    assert "deleted/" not in somebody.get(address(Topic, "changelist")).content.decode()
    assert not Topic.objects.exists()


# --- What was deleted -------------------------------------------------------------------------------------------------


def test_a_deleted_note_is_found_looked_at_and_brought_back(editor, note):
    pk, before = note.pk, snapshots.take(note)
    QuestionFactory(topic=note)
    editor.post(address(note, "delete"), {"post": "yes"})
    assert address(Topic, "deleted") in editor.get(address(Topic, "changelist")).content.decode()
    page = editor.get(address(Topic, "deleted")).content.decode()
    assert "Bandung" in page
    assert "by asha" in page
    page = editor.get(f"{address(Topic, 'deleted')}{pk}/").content.decode()
    assert "दक्षिण आयोग टूटा।" in page
    response = editor.post(f"{address(Topic, 'deleted')}{pk}/", follow=True)
    assert said(response) == ["Brought back as a draft. Readers see it when you publish it."]
    assert snapshots.take(Topic.objects.get(pk=pk)) == before


def test_the_page_says_what_does_not_come_back(editor, note):
    CommentFactory(topic=note)
    pk = note.pk
    note.delete()
    page = editor.get(f"{address(Topic, 'deleted')}{pk}/").content.decode()
    assert "The comments that were deleted with it can’t be brought back." in page
    assert "Bring back practice questions" in page


def test_a_note_deleted_by_a_command_says_that_nobody_knows(editor, note):
    note.delete()
    assert "Who deleted it was not written down." in editor.get(address(Topic, "deleted")).content.decode()


def test_a_name_that_was_taken_meanwhile_is_a_sentence(editor):
    note = TopicFactory(slug="bandung")
    pk = note.pk
    note.delete()
    TopicFactory(slug="bandung", title_en="The newcomer")
    response = editor.post(f"{address(Topic, 'deleted')}{pk}/")
    assert said(response) == [
        "Another record already has this address name. That is “The newcomer”. Change one of the two first."
    ]
    assert not Topic.objects.filter(pk=pk).exists()


def test_what_is_there_or_never_was_is_not_among_the_deleted(editor, note):
    for pk in (note.pk, uuid.uuid4()):
        assert editor.get(f"{address(Topic, 'deleted')}{pk}/").status_code == 404
        assert editor.post(f"{address(Topic, 'deleted')}{pk}/").status_code == 404


def test_the_list_of_the_deleted_asks_no_more_however_long_it_is(editor, django_assert_max_num_queries):
    for _number in range(15):
        SourceFactory().delete()
    editor.get("/admin/sources/source/deleted/")
    with django_assert_max_num_queries(10):
        assert len(editor.get("/admin/sources/source/deleted/").context["gone"]) == 15


@pytest.mark.parametrize("model", [model for model in WHOLES if issubclass(model, Content)], ids=label)
def test_content_that_comes_back_is_a_draft(editor, model):
    record = make(model)
    pk = record.pk
    record.delete()
    editor.post(f"{address(model, 'deleted')}{pk}/")
    assert model.objects.get(pk=pk).state == State.DRAFT
    assert Version.objects.get_for_object_reference(model, pk).count() == 2
