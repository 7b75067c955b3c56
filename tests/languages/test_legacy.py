"""Damage from legacy Hindi fonts is found where it stands, with its reading, and clean text is left in peace."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from apps.languages.legacy import IN_HINDI, Certainty, find_damage, finders_for
from apps.languages.legacy.kruti_dev import to_keys, to_unicode
from apps.languages.legacy.typed import A_KEY, find_typed, may_be_typed
from tests.languages import legacy_corpus


def readings(text):
    return [found.reading for found in find_damage(text)]


# The font


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Hkkjr ds fodkl", "भारत के विकास"),
        ("esjk uke usgy gSA eS ,d Nk= gw¡A", "मेरा नाम नेहल है। मै एक छात्र हूँ।"),  # the example of ltrc/kru2uni
        ("nf{k.k&nf{k.k lg;ksx", "दक्षिण-दक्षिण सहयोग"),
        ('vUrjkZ"Vªh; vkfFkZd', "अन्तर्राष्ट्रीय आर्थिक"),
        ("fLFkfr izLrko eaf=;ksa", "स्थिति प्रस्ताव मंत्रियों"),
        ("cM+h bZ vkWfQl", "बड़ी ई आॅफिस"),
        ("WTO GATT D-8", "ॅज्व् ळ।ज्ज् क्.8"),
    ],
)
def test_keys_become_what_the_font_draws(typed, drawn):
    assert to_unicode(typed) == drawn


@pytest.mark.parametrize(("text", "keys"), [("भारत", "Hkkjr"), ("न्छब्ज्।क्", "UNCTAD"), ("आर्थिक स्थिति", "vkfFkZd fLFkfr")])
def test_a_text_goes_back_to_its_keys(text, keys):
    assert to_keys(text) == keys


def test_every_word_of_the_content_survives_the_way_to_keys_and_back():
    words = {word for sentence in legacy_corpus.shipped("hi") for word in legacy_corpus.HINDI_WORD.findall(sentence)}
    assert [word for word in words if to_unicode(to_keys(word)) != word] == []


# Latin letters converted as if Hindi


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("कहा गया कि ॅज्व् को दबाव में", "WTO"),
        ("ळ। ज्ज् समझौता विकासशील देशों", "GATT"),
        ("सार्क, आसियान क्.8ए आदि", "D-8,"),
        ("न्यूयॉर्क में ग्ग्.77 के देशों ने", "G-77"),
        ("संगठन G-15ए आदि", "G-15,"),
        ("न्छब्ज्।क् का सम्मेलन", "UNCTAD"),
        ("देशों ने ळ.77 बनाया", "G-77"),
        ("फिर ळण्15 आया", "G-15"),
        ("इस संगठन ;ॅज्व्द्ध ने", "(WTO)"),
        ("कई डछब्े आईं", "MNCs"),
        ("ैवनजी ब्ववचमतंजपवद", "South"),
    ],
)
def test_letters_are_read_back_by_the_keys(text, reading):
    assert reading in readings(text)


def test_a_full_stop_before_a_postposition_was_the_letter_a():
    assert readings("प्व्त्। के सदस्य") == ["IORA"]


def test_a_full_stop_at_the_end_stays_one():
    (found,) = find_damage("यह बात उठी ॅज्व्।")
    assert (found.text, found.reading) == ("ॅज्व्", "WTO")


def test_an_acronym_alone_in_its_field_keeps_its_a():
    assert readings("प्व्त्।") == ["IORA"]


def test_a_run_that_hindi_cannot_be_is_certain():
    assert [found.certainty for found in find_damage("कि ॅज्व् को")] == [Certainty.CERTAIN]


def test_a_run_that_could_be_a_word_is_only_likely():
    assert [found.certainty for found in find_damage("बैंक (छक्ठ) बना")] == [Certainty.LIKELY]


# Hindi never converted


def test_a_line_of_keys_is_one_run_with_its_hindi():
    line = "eq[; iz'u ;g gS fd fodkl'khy ns'k D;k djsaA"
    (found,) = find_damage(f"पहली पंक्ति।\n{line}\nतीसरी।")
    assert (found.text, found.certainty) == (line, Certainty.CERTAIN)
    assert found.reading == "मुख्य प्रश्न यह है कि विकासशील देश क्या करें।"


def test_keys_inside_an_english_line_are_cut_out():
    (found,) = find_damage("The South Commission (nf{k.k vk;ksx) met in Geneva.")
    assert (found.text, found.reading) == ("nf{k.k vk;ksx", "दक्षिण आयोग")


def test_keys_inside_a_hindi_line_are_cut_out():
    assert readings("यह nf{k.k&nf{k.k lg;ksx है।") == ["दक्षिण-दक्षिण सहयोग"]


def test_marks_of_bold_and_list_are_no_keys():
    assert readings("- **Hkkjr ds fodkl**") == ["भारत के विकास"]


# What a converter left


@pytest.mark.parametrize(
    ("word", "mended"),
    [("हुइ्र", "हुई"), ("अौर", "और"), ("अाज", "आज"), ("काे", "को"), ("कि्रया", "क्रिया"), ("आॅफिस", "ऑफिस")],
)
def test_a_broken_word_is_mended_in_the_proposal(word, mended):
    (found,) = find_damage(f"जुलाई में {word} बैठक")
    assert (found.text, found.reading, found.certainty) == (word, mended, Certainty.LIKELY)


def test_two_years_with_a_full_stop_between_are_doubted():
    (found,) = find_damage("मंत्रालय की 1996.97 की रिपोर्ट")
    assert (found.reading, found.certainty) == ("1996-97", Certainty.UNSURE)


def test_any_other_number_with_a_full_stop_is_not():
    assert find_damage("कुल 1996.50 करोड़ और 18.75 प्रतिशत") == []


# Left in peace


@pytest.mark.parametrize(
    "text",
    [
        "दक्षिण-दक्षिण सहयोग का आरम्भ 1968 से।",
        "सम्यक् ज्ञान, अर्थात् ऋण।",
        "G-15 और G-77 एक नहीं हैं।",
        "जी-77 की 49वीं बैठक",
        "अर्थात्। फिर",
        "यह है।क्या यह है ।और",
        "ठक्-ठक्, छप्-छप्, छठ, डफ, फटफट",
        "`Hkkjr ds fodkl` और `ॅज्व्`",
        "```\nHkkjr ds fodkl\n```",
        "[लेख](https://example.org/Hkkjr/ds/fodkl) और [^1]",
        "Keys such as dk and ds are two letters each.",
        "",
        None,
    ],
)
def test_clean_text_is_not_accused(text):
    assert find_damage(text) == []


# The figures of docs/hindi.md


def test_98_of_100_damaged_acronyms_are_found_and_read():
    damaged = list(legacy_corpus.damaged_acronyms())
    read = [acronym for acronym, sentence, place in damaged if _read_at(sentence, place, acronym)]
    assert len({acronym for acronym, _sentence, _place in damaged}) >= 150
    assert len(read) >= 0.98 * len(damaged)


def _read_at(sentence, place, acronym):
    return any(found.start <= place < found.end and acronym in found.reading for found in find_damage(sentence))


def test_98_of_100_unconverted_sentences_are_found():
    typed = list(legacy_corpus.typed_sentences())
    missed = [sentence for sentence, keys in typed if not find_damage(keys)]
    assert len(typed) >= 150
    assert len(missed) <= 0.02 * len(typed)


def test_most_unconverted_sentences_are_found_whole_and_read_to_the_letter():
    typed = list(legacy_corpus.typed_sentences())
    read = [sentence for sentence, keys in typed if readings(keys) == [sentence]]
    assert len(read) >= 0.9 * len(typed)


def test_at_most_1_of_1000_clean_sentences_is_accused():
    clean = legacy_corpus.clean_sentences()
    accused = [sentence for sentence in clean if find_damage(sentence)]
    assert len(clean) >= 3000
    assert len(accused) <= len(clean) / 1000, accused


# Whatever comes

ALPHABET = "ॅळ।ज्छडठबकअआाेिीोंँ्रZz Aa;Gk[{]()`*.-–&/0179\n\0\u200d…ds"


@given(st.text() | st.text(ALPHABET) | st.text(ALPHABET).map(to_unicode))
def test_runs_stand_where_they_say_in_order_and_apart(text):
    end = 0
    for found in find_damage(text):
        assert found.text
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end


# The quick search before the close one

FINDERS = [*(find for _trace, find in IN_HINDI), find_typed]
PIECES = [
    *ALPHABET, *"ाेि्ं½&±é中7", "ॅज्व्", "न्छब्ज्।क्", "G-15ए", "१५ए", "1996.97", "2000.01", "अर्थात्", "दक्षिण", "इसके", "ैवनजी",
    "Hkkjr", "ds", "fodkl", ",d", ";g", "ls", "us", "ugha", "ij", "gSa", "dj", "the", "South", "iPhone", "—", "“",
]  # fmt: skip


def passed_over(text):
    """The finders that were not asked and would have found something."""
    return [find for find in FINDERS if find not in list(finders_for(text)) and list(find(text))]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_no_finder_is_passed_over_that_would_find_something(text):
    assert passed_over(text) == []


def test_no_finder_is_passed_over_in_the_corpus():
    sentences = [sentence for _acronym, sentence, _place in legacy_corpus.damaged_acronyms()]
    sentences += [keys for _sentence, keys in legacy_corpus.typed_sentences()]
    assert [sentence for sentence in sentences if passed_over(sentence)] == []


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_every_key_is_seen_by_the_quick_search(text):
    assert may_be_typed(" " + text) or not A_KEY.search(text)


@given(st.text() | st.text(ALPHABET))
def test_any_text_can_be_taken_for_keys_and_back(text):
    assert isinstance(to_unicode(to_keys(text)), str)


# Certainty


def test_certainties_are_ordered():
    assert Certainty.UNSURE < Certainty.LIKELY < Certainty.CERTAIN


def test_a_certainty_is_known_by_its_word_and_shown_by_its_label():
    assert Certainty("likely") is Certainty.LIKELY
    with override("en"):
        assert str(Certainty.LIKELY.label) == "likely"
