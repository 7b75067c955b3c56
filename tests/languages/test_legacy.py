"""Damage from legacy Hindi fonts is found where it stands, and real Hindi is left in peace."""

import pytest

from apps.languages.legacy import find_damage


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("कहा गया कि ॅज्व् को दबाव में", "WTO"),
        ("ळ। ज्ज् समझौता विकासशील देशों", "GATT"),
        ("सार्क, आसियान क्.8ए आदि", "D-8"),
        ("न्यूयॉर्क में ग्ग्.77 के देशों ने", "G-77"),
        ("संगठन G-15ए आदि", "G-15,"),
        ("न्छब्ज्।क् का सम्मेलन", "UNCTAD"),
        ("देशों ने ळ.77 बनाया", "G-77"),
        ("फिर ळण्15 आया", "G-15"),
    ],
)
def test_what_is_known_is_named(text, meaning):
    assert meaning in [found.meaning for found in find_damage(text)]


@pytest.mark.parametrize(
    "text",
    [
        "दक्षिण-दक्षिण सहयोग का आरम्भ 1968 से।",
        "सम्यक् ज्ञान, अर्थात् ऋण।",
        "G-15 और G-77 एक नहीं हैं।",
        "जी-77 की 49वीं बैठक",
        "अर्थात्। फिर",
        "",
    ],
)
def test_real_hindi_is_not_taken_for_damage(text):
    assert find_damage(text) == []


def test_the_place_is_counted_from_the_start():
    (found,) = find_damage("कि ॅज्व् को")
    assert found.start == 3
