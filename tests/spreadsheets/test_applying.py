"""What was previewed is written, exactly and once; or nothing is."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from reversion.models import Revision, Version

from apps.events.models import Event
from apps.organisations.models import Country, Organisation
from apps.publishing.models import Edition
from apps.sources.models import Citation
from apps.spreadsheets import actions, applying
from apps.spreadsheets.models import Batch, FilePiece
from apps.spreadsheets.refusals import Refused
from apps.topics.models import Section, Topic
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    SourceFactory,
    TopicFactory,
)
from tests.spreadsheets.sheets import bring, changes, counts, fill_portal, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def small_parts(monkeypatch):
    """Two rows a part."""
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)


def events(count):
    """As many events that exist, and rows that change each of them."""
    for number in range(count):
        EventFactory(slug=f"event-{number}", title_en="Old")
    return [{"slug": f"event-{number}", "title_en": "New"} for number in range(count)]


def titles():
    return list(Event.objects.order_by("slug").values_list("title_en", flat=True))


def preview(model, *rows, **options):
    return bring(model, *rows, confirm=False, **options)


def confirm(batch, **options):
    actions.confirm(batch=batch, by=batch.by, **options)
    batch.refresh_from_db()
    return batch


# --- Exactly, once ---------------------------------------------------------------------------------------------------


def test_exactly_what_was_previewed_is_written():
    fill_portal()
    row = {"slug": "bandung", "title_hi": "नया", "start": "April 1955", "country": "KE", "organisations": "[clear]"}
    before, batch = sheet_of(Event)[0], preview(Event, row)
    assert changes(batch) == {
        2: {
            "title_hi": [before["title_hi"], "नया"], "start": ["1955-04-18", "1955-04"],
            "country": ["IN", "KE"], "organisations": ["g-77; unctad", ""],
        }
    }  # fmt: skip
    confirm(batch)
    after = {name: text for name, (_before, text) in changes(batch)[2].items()}
    assert sheet_of(Event)[0] == before | after


def test_it_is_written_once():
    batch = preview(Event, *events(1))
    same = Batch.objects.get()
    confirm(batch)
    for each in (batch, same):
        with pytest.raises(Refused, match="no longer valid"):
            actions.confirm(batch=each, by=None)
    assert Revision.objects.filter(comment__startswith="Imported").count() == 1


def test_the_file_is_deleted_once_it_is_imported():
    batch = bring(Event, *events(1))
    assert (batch.state, FilePiece.objects.count()) == ("imported", 0)


def test_nobody_confirms_the_sheet_of_somebody_else(django_user_model):
    asha, mira = (django_user_model.objects.create_superuser(name) for name in ("asha", "mira"))
    batch = preview(Event, *events(1), by=asha)
    for other in (mira, None):
        with pytest.raises(PermissionDenied):
            actions.confirm(batch=batch, by=other)
    assert titles() == ["Old"]


def test_refused_rows_keep_the_others_from_being_confirmed():
    batch = preview(Event, *events(1), {"slug": "Cairo", "title_en": "x"})
    with pytest.raises(Refused, match="Rows of this sheet are refused"):
        actions.confirm(batch=batch, by=None)
    confirm(batch, good_rows=True)
    assert titles() == ["New"]


def test_where_nothing_changes_there_is_nothing_to_confirm():
    EventFactory(slug="bandung", title_en="Same")
    with pytest.raises(Refused, match="there is nothing to import"):
        actions.confirm(batch=preview(Event, {"slug": "bandung", "title_en": "Same"}), by=None)


def test_the_numbers_of_what_is_done_grow_part_by_part(small_parts):
    batch, seen = preview(Event, *events(5)), []
    actions.confirm(batch=batch, by=None, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(2, 5), (4, 5), (5, 5)]


# --- Somebody was quicker --------------------------------------------------------------------------------------------


def change(event):
    event.summary_en = "Changed meanwhile"
    event.save()


MEANWHILE = {
    "changed": (change, "changed"),
    "deleted": (lambda event: event.delete(), "deleted"),
}


@pytest.mark.parametrize("act", MEANWHILE)
@pytest.mark.parametrize("place", [0, 4])
def test_what_became_of_a_record_since_the_preview_is_told_by_name_and_nothing_is_written(small_parts, act, place):
    batch = preview(Event, *events(5))
    MEANWHILE[act][0](Event.objects.get(slug=f"event-{place}"))
    before = sheet_of(Event)
    confirm(batch)
    (problem,) = batch.problems
    assert batch.state == "failed"
    assert problem.startswith(f"Row {place + 2}, “New”: This record was {MEANWHILE[act][1]} after the preview.")
    assert sheet_of(Event) == before


@pytest.mark.parametrize("act", MEANWHILE)
def test_of_good_rows_only_that_one_is_left_out(small_parts, act):
    batch = preview(Event, *events(5))
    MEANWHILE[act][0](Event.objects.get(slug="event-3"))
    confirm(batch, good_rows=True)
    assert (batch.state, counts(batch)) == ("imported", (0, 4, 0, 1))
    assert titles().count("New") == 4


def test_a_record_that_somebody_made_since_the_preview_is_not_overwritten(small_parts):
    rows = [{"slug": f"event-{number}", "title_en": "New"} for number in range(5)]
    batch = preview(Event, *rows)
    EventFactory(slug="event-4", title_en="Theirs")
    confirm(batch)
    assert batch.problems == ["Row 6, “New”: Somebody else made this record after the preview."]
    assert titles() == ["Theirs"]


@pytest.mark.parametrize("model", [Section, Citation], ids=lambda model: model._meta.model_name)
def test_a_part_that_somebody_made_since_the_preview_is_not_made_twice(model):
    event, note, source = EventFactory(slug="bandung"), TopicFactory(slug="origins"), SourceFactory(slug="report")
    if model is Section:
        batch = preview(Section, {"topic": "origins", "anchor": "lima", "heading_en": "x"})
        Section.objects.create(topic=note, anchor="lima", heading_en="y")
    else:
        batch = preview(Citation, {"record": "events.event/bandung", "position": "1", "source": "report"})
        CitationFactory(record=event, position=1, source=source)
    confirm(batch)
    assert "Somebody else made this record after the preview." in batch.problems[0]
    assert model.objects.count() == 1


def test_a_place_that_somebody_took_since_the_preview_is_left_to_them():
    TopicFactory(slug="a", position=1), TopicFactory(slug="b", position=2)
    batch = preview(Topic, {"slug": "a", "position": "7"}, {"slug": "b", "position": "8"})
    TopicFactory(slug="c", position=7)
    confirm(batch, good_rows=True)
    assert (batch.state, counts(batch)) == ("imported", (0, 1, 0, 1))
    assert dict(Topic.objects.values_list("slug", "position")) == {"a": 1, "b": 8, "c": 7}


@pytest.mark.parametrize("good_rows", [False, True])
def test_a_record_that_is_named_and_was_deleted_since_the_preview_is_told(good_rows):
    CountryFactory(code="IN"), OrganisationFactory(slug="g-77"), EventFactory(slug="lima")
    rows = [
        {"slug": "bandung", "title_en": "Bandung", "country": "IN", "organisations": "g-77"},
        {"slug": "cairo", "title_en": "Cairo", "country": "", "organisations": ""},
    ]
    batch = preview(Event, *rows)
    Country.objects.all().delete(), Organisation.objects.all().delete()
    confirm(batch, good_rows=good_rows)
    assert batch.state == ("imported" if good_rows else "failed")
    assert set(Event.objects.values_list("slug", flat=True)) == ({"lima", "cairo"} if good_rows else {"lima"})


def test_a_citation_of_a_record_that_was_deleted_since_the_preview_is_not_made():
    event = EventFactory(slug="bandung")
    SourceFactory(slug="report")
    batch = preview(Citation, {"record": "events.event/bandung", "position": "1", "source": "report"})
    event.delete()
    confirm(batch)
    assert batch.problems == ["Row 2, “events.event/bandung/1”: A record that it names was deleted after the preview."]


def test_what_names_a_row_that_could_not_be_written_is_left_out_too(small_parts):
    rows = [
        {"slug": "a", "name_en": "A", "kind": "un_body", "parent": ""},
        {"slug": "b", "name_en": "B", "kind": "un_body", "parent": ""},
        {"slug": "c", "name_en": "C", "kind": "un_body", "parent": "a"},
        {"slug": "d", "name_en": "D", "kind": "un_body", "parent": "b"},
    ]
    batch = preview(Organisation, *rows)
    OrganisationFactory(slug="a")
    confirm(batch, good_rows=True)
    assert counts(batch) == (2, 0, 0, 2)
    assert set(Organisation.objects.values_list("slug", flat=True)) == {"a", "b", "d"}


def test_a_failed_import_is_looked_at_again_with_the_same_file(small_parts):
    batch = preview(Event, *events(3))
    change(Event.objects.get(slug="event-2"))
    assert confirm(batch).state == "failed"
    actions.look_again(batch)
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("ready", (0, 3, 0, 0))
    assert confirm(batch).state == "imported"
    assert titles() == ["New"] * 3


# --- What an import leaves behind ------------------------------------------------------------------------------------


def test_history_has_a_revision_for_each_part_by_whoever_brought_it(small_parts, django_user_model):
    asha = django_user_model.objects.create_superuser("asha")
    bring(Event, *events(3), {"slug": "cairo", "title_en": "Cairo"}, {"slug": "lima", "title_en": "Lima"}, by=asha)
    revisions = Revision.objects.filter(comment="Imported from a sheet.")
    assert [revision.user for revision in revisions] == [asha] * 3
    kept = Version.objects.filter(revision__in=revisions)
    assert {json.loads(each.serialized_data)[0]["fields"]["slug"] for each in kept} == {
        "event-0", "event-1", "event-2", "cairo", "lima"
    }  # fmt: skip


def test_a_text_that_changes_in_one_language_outdates_the_other():
    EventFactory(slug="bandung", title_en="Old", title_hi="पुराना")
    bring(Event, {"slug": "bandung", "title_en": "New"})
    assert Event.objects.get().outdated == {"hi": {"title": "Old"}}


def test_a_translation_that_comes_with_its_text_is_current():
    EventFactory(slug="bandung", title_en="Old", title_hi="पुराना", outdated={"hi": {"title": "Older"}})
    bring(Event, {"slug": "bandung", "title_en": "New", "title_hi": "नया"})
    assert Event.objects.get().outdated == {}


def test_a_public_note_gets_an_edition_of_what_changed():
    note = TopicFactory(slug="origins")
    bring(Topic, {"slug": "origins", "title_en": "Another title"})
    assert Edition.objects.about(note).count() == 2


def test_the_audit_log_says_who_imported_what(django_user_model):
    from apps.audit.models import Entry

    asha = django_user_model.objects.create_superuser("asha")
    batch = bring(Event, *events(1), by=asha)
    assert batch.file_hash in str(Entry.objects.filter(verb="imported").values())


def test_a_public_record_that_is_not_changed_keeps_its_time():
    EventFactory(slug="bandung", title_en="Same"), EventFactory(slug="lima", title_en="Old")
    before = Event.objects.get(slug="bandung").updated_at
    bring(Event, {"slug": "bandung", "title_en": "Same"}, {"slug": "lima", "title_en": "New"})
    assert Event.objects.get(slug="bandung").updated_at == before


@pytest.mark.parametrize(("model", "name"), [(Event, "title_en"), (Section, "heading_en")], ids=["events", "sections"])
def test_what_is_kept_together_with_a_row_takes_no_query_each(model, name, django_assert_max_num_queries):
    def sheet(count, text):
        """Of records with parts and citations that no row names."""
        if model is Event:
            found = [EventFactory(slug=f"{text}-{number}") for number in range(count)]
            rows = [{"slug": each.slug, name: text} for each in found]
        else:
            found = [TopicFactory(slug=text, sections=count)]
            rows = [{"topic": text, "anchor": each.anchor, name: text} for each in found[0].sections.all()]
        for each in found:
            CitationFactory(record=each), CitationFactory(record=each)
        return preview(model, *rows)

    few, many = sheet(5, "few"), sheet(30, "many")
    Batch.objects.update(state="importing")
    with django_assert_max_num_queries(90) as queries:
        applying.write(few)
    with django_assert_max_num_queries(len(queries) + 2):
        applying.write(many)
    assert model.objects.filter(**{name: "many"}).count() == 30


def test_writing_takes_as_many_queries_for_many_rows_as_for_few(django_assert_max_num_queries):
    OrganisationFactory(slug="g-77")

    def rows(first, count):
        return [
            {"slug": f"e-{n}", "title_en": f"E {n}", "start": "1964", "organisations": "g-77"}
            for n in range(first, first + count)
        ]

    few, many = preview(Event, *rows(0, 40)), preview(Event, *rows(100, 400))
    Batch.objects.update(state="importing")
    with django_assert_max_num_queries(60) as queries:
        applying.write(few)
    with django_assert_max_num_queries(len(queries) + 400 // 25):  # SQLite takes 999 values at once
        applying.write(many)
    assert Event.objects.count() == 440
