"""The nearest of very many texts to a misspelt one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.spreadsheets.nearness import Nearness

TOWNS = [
    "bandung",
    "belgrade",
    "cairo",
    "lusaka",
    "algiers",
    "colombo",
    "havana",
    "new delhi",
    "harare",
    "बांडुंग",
    "काहिरा",
]


def nearest(text, known=TOWNS):
    return Nearness((each, each) for each in known).nearest(text)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([town for town in TOWNS if len(town) > 5]), st.integers(1, 5), st.sampled_from(["x", "", "क"]))
def test_a_slip_of_the_hand_leads_to_what_was_meant(town, place, slip):
    assert nearest(town[:place] + slip + town[place + 1 :]) == town


def test_what_is_like_nothing_has_no_nearest():
    assert nearest("quito") is None
    assert nearest("") is None
    assert nearest("bandung", []) is None


def test_the_first_of_several_alike_is_the_nearest():
    assert Nearness([("lima", 1), ("lima", 2)]).nearest("limaa") == 1


def test_what_all_share_does_not_hide_the_nearest():
    known = [f"conference of the ministers {number:05}" for number in range(20_000)]
    assert nearest("conference of the minsters 12345", known) == "conference of the ministers 12345"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text()), st.text())
def test_any_text_has_a_nearest_of_the_known_or_none(known, text):
    assert nearest(text, known) in {*known, None}
