import html

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from apps.languages.differences import PARTS, Differences
from apps.languages.graphemes import clusters, words

# Consonants, vowel signs, halant, nukta, nasals, joiners, digits, stops, spaces: what Hindi can be put together from.
HINDI = st.text(st.sampled_from([*"कखगरषअआइािीुे्ँंः़ॅ१२12ab।.,*|'\"&<> \n", "\u200c", "\u200d", "\u00a0"]), max_size=60)
ANY = st.one_of(HINDI, st.text(max_size=40))


def difference(before, after):
    return Differences().html(before, after)


def text_of(marked, *, without):
    return html.unescape(
        regex.sub("</?(?:del|ins)>", "", regex.sub(f"<{without}>.*?</{without}>", "", marked, flags=regex.DOTALL))
    )


def test_only_the_changed_words_are_marked():
    assert difference("The old name", "The new name") == "The <del>old</del><ins>new</ins> name"


def test_a_hindi_word_is_never_cut():
    assert difference("दक्षिण आयोग", "दक्षिणी आयोग") == "<del>दक्षिण</del><ins>दक्षिणी</ins> आयोग"


def test_a_changed_full_stop_does_not_mark_its_word():
    assert difference("यह सार्क है.", "यह सार्क है।") == "यह सार्क है<del>.</del><ins>।</ins>"
    assert difference("the Lima meeting, later", "the Lima meeting later") == "the Lima meeting<del>,</del> later"


def test_words_that_change_together_are_one_change():
    assert difference("the old name here", "the new title here") == "the <del>old name</del><ins>new title</ins> here"


def test_what_a_file_says_is_text_and_not_markup():
    assert difference("", "<script>") == "<ins>&lt;script&gt;</ins>"
    assert difference("a <b> c", "a <b> d") == "a &lt;b&gt; <del>c</del><ins>d</ins>"


def test_long_unchanged_stretches_are_left_out():
    long = "word " * 500
    marked = difference(f"{long}old {long}", f"{long}new {long}")
    assert "<del>old</del><ins>new</ins>" in marked
    assert len(marked) < 200


def test_a_long_new_text_is_shown_by_its_opening():
    assert len(words(difference("", "शब्द " * 5000))) < 100


def test_side_by_side_shows_each_text_in_full_with_its_own_marks():
    long = "शब्द " * 300
    before, after = Differences().side_by_side(f"{long}पुराना नाम", f"{long}नया नाम")
    assert before == f"{long}<del>पुराना</del> नाम"
    assert after == f"{long}<ins>नया</ins> नाम"


def bounded(before, after, most=300):
    return Differences().html(before, after, most=most)


def test_of_many_changes_in_a_long_text_the_surroundings_are_shown_as_long_as_there_is_room():
    old = [f"शब्द{number}" for number in range(3000)]
    new = [f"{word}ा" if place % 100 == 50 else word for place, word in enumerate(old)]
    marked = bounded(" ".join(old), " ".join(new))
    assert "<del>शब्द50</del><ins>शब्द50ा</ins> शब्द51" in marked
    assert "शब्द50ा</ins> शब्द51 शब्द52 शब्द53 शब्द54 शब्द55 शब्द56 … शब्द144 शब्द145 " in marked
    assert marked.endswith(" …")
    assert len(words(text_of(marked, without="x"))) < 200


def test_a_long_change_is_shown_by_how_it_begins_and_ends():
    marked = bounded("छोटा पाठ यहाँ", " ".join(["छोटा", *(f"नया{number}" for number in range(5000)), "यहाँ"]))
    assert "<ins>नया0 नया1 " in marked
    assert " … " in marked
    assert "नया4999</ins> यहाँ" in marked
    assert len(marked) < 2000


def test_a_word_without_end_is_cut_between_clusters():
    marked = bounded("क्षि" * 5000, "क्षि" * 5001)
    assert marked == f"<del>{'क्षि' * 40}…{'क्षि' * 20}</del><ins>{'क्षि' * 40}…{'क्षि' * 20}</ins>"


@given(ANY, ANY)
def test_short_texts_are_shown_as_without_a_bound(before, after):
    assert bounded(before, after) == difference(before, after)


@given(ANY, ANY, st.integers(0, 8))
def test_a_bound_cuts_no_cluster_and_leaves_marks_whole(before, after, most):
    marked = bounded(before, after, most)
    shown = html.unescape(regex.sub("</?(?:del|ins)>", "", marked)).split(" …")
    assert marked.count("<del>") == marked.count("</del>")
    assert not any(regex.match(r"\p{M}", piece) for piece in shown[1:] if before + after)


@pytest.mark.parametrize("seconds", [2, -1])
def test_side_by_side_with_an_empty_text_marks_the_whole_of_the_other(seconds):
    differences = Differences(seconds)
    assert differences.side_by_side("", "a <b>") == ("", "<ins>a &lt;b&gt;</ins>")
    assert differences.side_by_side("a", "") == ("<del>a</del>", "")


def test_without_time_side_by_side_still_marks_only_what_lies_between_what_is_the_same():
    before, after = Differences(seconds=-1).side_by_side("a b c d e", "a x c y e")
    assert (before, after) == ("a <del>b c d</del> e", "a <ins>x c y</ins> e")


@given(ANY)
def test_parts_are_the_whole_text_and_none_begins_with_a_combining_mark(text):
    parts = PARTS.findall(text)
    assert "".join(parts) == text
    assert not any(regex.match(r"\p{M}", part) for part in parts[1:])


@given(ANY)
def test_no_cut_falls_inside_a_cluster(text):
    ends, place = {0}, 0
    for cluster in clusters(text):
        place += len(cluster)
        ends.add(place)
    place = 0
    for part in PARTS.findall(text):
        place += len(part)
        assert place in ends


@given(ANY, ANY, st.sampled_from([2, -1]))
def test_each_side_is_its_own_text_with_marks(before, after, seconds):
    old, new = Differences(seconds).side_by_side(before, after)
    assert text_of(old, without="ins") == before
    assert text_of(new, without="del") == after


@given(st.lists(ANY, min_size=2, max_size=2))
def test_without_what_is_new_stands_the_old_text_and_without_what_is_gone_the_new_one(texts):
    before, after = texts
    marked = str(difference(before, after))
    if " … " not in marked:
        assert text_of(marked, without="ins") == before
        assert text_of(marked, without="del") == after


def test_once_a_page_has_used_its_time_both_texts_are_shown_and_not_compared():
    late = Differences(seconds=0)
    assert late.compared(["a"], ["b"]) is None
    assert late.html("old words", "new words") == "<del>old words</del><ins>new words</ins>"
