import time

from apps.languages.graphemes import words
from apps.spreadsheets.differences import Differences


def difference(before, after):
    return Differences().html(before, after)


def test_only_the_changed_words_are_marked():
    assert difference("The old name", "The new name") == "The <del>old</del><ins>new</ins> name"


def test_a_hindi_word_is_never_cut():
    assert difference("दक्षिण आयोग", "दक्षिणी आयोग") == "<del>दक्षिण</del><ins>दक्षिणी</ins> आयोग"


def test_what_a_file_says_is_text_and_not_markup():
    assert difference("", "<script>") == "<ins>&lt;script&gt;</ins>"
    assert difference("a <b> c", "a <b> d") == "a &lt;b&gt; <del>c</del><ins>d</ins>"


def test_long_unchanged_stretches_are_left_out():
    long = "word " * 500
    html = difference(f"{long}old {long}", f"{long}new {long}")
    assert "<del>old</del><ins>new</ins>" in html
    assert len(html) < 200


def test_a_long_new_text_is_shown_by_its_opening():
    assert len(words(difference("", "शब्द " * 5000))) < 100


def test_rewritten_pages_do_not_keep_an_editor_waiting():
    before = " ".join(str(number) for number in range(20_000))
    after = " ".join(str(number) for number in range(20_000, 0, -1))
    differences, start = Differences(), time.monotonic()
    for _cell in range(40):
        differences.html(before, after)
    assert time.monotonic() - start < 8
