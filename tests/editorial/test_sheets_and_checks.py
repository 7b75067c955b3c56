"""The preview of a translator's sheet asks what the translate screen asks of the same texts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.content.models import State
from apps.spreadsheets.presenting import Shown
from apps.spreadsheets.translators import questions
from apps.translations.screen import Screen
from tests.factories import EventFactory, SectionFactory, TopicFactory
from tests.spreadsheets.translators.sheets import bring, confirmed, rows_out, translator, typed

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SUMMARY = "It met in 1955, [at Bandung](https://example.org/a)."


def event(**texts):
    return EventFactory(**{"slug": "bandung", "title_en": "Bandung Conference", "state": State.DRAFT} | texts)


def doubts(batch):
    return [sentence for each in batch.outcomes(("changed",)) for _column, sentence in each.doubts]


def on_the_screen(whole, column, text):
    """What the translate screen says of ``text``, typed for the column of ``whole`` or of a part of it."""
    screen = Screen(whole, "hi")
    (entry,) = [each for each in screen.entries if each.text.column == column]
    entry.typed = text
    screen.check([entry])
    return [each.message for each in entry.findings]


def test_a_lost_link_and_another_number_are_asked_about():
    event(summary_en=SUMMARY)
    lost, *numbers = doubts(bring([typed("events.event", "bandung", "summary", "वह 1956 में हुआ।")], translator()))
    assert "The link to https://example.org/a" in "".join([lost, *numbers])
    assert sum("1955" in each or "1956" in each for each in [*numbers, lost]) == 2


def test_a_question_keeps_nothing_out():
    record = event(title_hi="")
    batch = confirmed(bring([typed("events.event", "bandung", "title", "Bandung Conference")], translator()))
    record.refresh_from_db()
    assert (batch.changed, batch.refused, record.title_hi) == (1, 0, "Bandung Conference")


@pytest.mark.parametrize(
    ("field", "target"),
    [
        ("title", "Bandung Conference"),
        ("title", "बांडुंग सम्मेलन"),
        ("place", "Bandung Conference"),
        ("summary", "वह 1956 में हुआ।"),
        ("summary", "- वह [वहाँ](https://example.org/a)\n- १९५५ में हुआ ।"),
    ],
)
def test_the_sheet_and_the_screen_say_the_same(field, target):
    record = event(summary_en=SUMMARY, place_en="Bandung Conference", title_hi="", place_hi="", summary_hi="")
    batch = bring([typed("events.event", "bandung", field, target)], translator())
    assert batch.changed == 1
    assert sorted(doubts(batch)) == sorted(on_the_screen(record, f"{field}_hi", target))


def test_a_part_is_asked_about_like_its_whole():
    section = SectionFactory(topic=TopicFactory(state=State.DRAFT), body_en="In 1955.", body_hi="")
    row = next(each for each in rows_out() if each["source_en"] == "In 1955.")
    assert doubts(bring([row | {"target_hi": "1956 में।"}], translator())) == on_the_screen(
        section.topic, "body_hi", "1956 में।"
    )


def test_key_points_are_to_have_as_many_lines_as_their_source():
    TopicFactory(slug="origins", key_points_en="One\nTwo", key_points_hi="", state=State.DRAFT)
    (sentence,) = doubts(bring([typed("topics.topic", "origins", "key_points", "एक\nदो\nतीन")], translator()))
    assert "3 lines" in sentence


def test_of_many_questions_about_a_text_the_first_are_asked_and_the_others_counted():
    event(summary_en="Years.", summary_hi="")
    years = " ".join(str(year) for year in range(1955, 1985))
    found = doubts(bring([typed("events.event", "bandung", "summary", f"वर्ष {years}")], translator()))
    assert len(found) == questions.MOST
    assert found[-1] == f"There are {30 - len(found) + 1} more like these."


def test_what_is_not_changed_is_not_asked_about():
    event(title_hi="Bandung Conference")
    batch = bring(rows_out(), translator())
    assert (batch.changed, doubts(batch)) == (0, [])


def test_a_refused_row_is_not_among_what_would_be_imported():
    event(summary_en="In 1955.")
    batch = bring([typed("events.event", "bandung", "summary", "1956 में, [वहाँ](event:nowhere)।")], translator())
    assert batch.refused == 1
    assert not Shown(batch).doubts()


def test_the_page_shows_them_first_and_says_that_there_are_more(client):
    by = translator()
    client.force_login(by)
    for number in range(60):
        EventFactory(slug=f"event-{number}", title_en=f"Event {number}", title_hi="", state=State.DRAFT)
    rows = [row for row in rows_out() if row["kind"] == "events.event" and row["field"] == "title"]
    batch = bring([row | {"target_hi": row["source_en"]} for row in rows], by)
    page = client.get(f"/admin/spreadsheets/batch/{batch.pk}/change/").text
    assert page.index("Look at these first") < page.index("What would change")
    assert page.count("word for word the source") == 50
    assert "There are more." in page


def test_asking_takes_no_query_for_each_text():
    for number in range(9):
        EventFactory(slug=f"event-{number}", title_en=f"Event {number}", title_hi="", state=State.DRAFT)
    rows = [row for row in rows_out() if row["kind"] == "events.event" and row["field"] == "title"]
    rows, by = [row | {"target_hi": row["source_en"]} for row in rows], translator()
    bring(rows, by)
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            assert len(doubts(bring(some, by))) == len(some)
        counts.append(len(queries))
    assert counts[0] == counts[1]
