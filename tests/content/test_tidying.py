"""However a text comes, it is kept so that every file can hold it."""

import pytest

from apps.content.tidying import tidied
from tests.factories import EventFactory


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One\r\ntwo\rthree", "One\ntwo\nthree"),
        ("Shift\x0band Enter", "Shift\nand Enter"),
        ("page\x0cpage", "page\npage"),
        ("a\x01b\x1f", "ab"),
        ("\ud800a\ufffe\uffff", "a"),
        ("\ttab", "\ttab"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_a_text_of_many_lines(text, kept):
    assert tidied(text) == kept


@pytest.mark.parametrize("text", ["One two", "One\ntwo", "One \r\n two\n", "One\x0btwo", "\nOne\n\n\ntwo"])
def test_a_text_of_one_line(text):
    assert tidied(text, one_line=True) == "One two"


@pytest.mark.django_db
def test_a_text_in_one_language_stays_in_one_language():
    event = EventFactory(title_en="", title_hi="बांडुंग")
    event.refresh_from_db()
    assert (event.title_en, event.title_hi) == ("", "बांडुंग")


@pytest.mark.django_db
def test_a_record_is_kept_so_also_by_code():
    event = EventFactory(title_en="Asia\x0bAfrica", summary_en="a\x0bb")
    event.refresh_from_db()
    assert (event.title_en, event.summary_en) == ("Asia Africa", "a\nb")
