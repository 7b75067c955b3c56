"""Reading a pasted text: which lines are headings, what becomes of the rest, and that nothing of it is lost."""

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.content.text import parser
from apps.languages.graphemes import words
from apps.topics.pasting.lists import BULLETS, item_of
from apps.topics.pasting.parsing import parse
from apps.topics.pasting.plain import as_markdown
from apps.topics.pasting.scripts import guess_language, is_in_two_languages

SENTENCE = "The members met again in the spring and agreed on a small fund for joint research and training."
HINDI_SENTENCE = "सदस्य देश वसन्त में फिर मिले और उन्होंने साझे शोध तथा प्रशिक्षण के लिए एक छोटे कोष पर सहमति जताई।"
ENGLISH_NOTE = f"""Neighbours (NBR) share what they know. They do so as equals.

1. How It Began:

{SENTENCE} {SENTENCE}

2. Aims and Rules:

{SENTENCE} The aims are:

1. fair terms
2. open books
3. shared costs

3. What Remains:

{SENTENCE}

In short, neighbours help each other.
"""
# One paragraph a line, no headings, and damage of three kinds.
HINDI_NOTE = "\n".join([
    " ".join([HINDI_SENTENCE] * 5),
    f"{HINDI_SENTENCE} इसमें ॅज्व् की भी बात हुई। {HINDI_SENTENCE}",
    f"{HINDI_SENTENCE} बैठक 1996.97 में हुइ्र। {HINDI_SENTENCE}",
])  # fmt: skip


def sections_of(text, language=""):
    return [(section.number, section.heading) for section in parse(text, language).sections]


def two_sections(first, second, text=SENTENCE):
    return sections_of(f"{first}\n\n{text}\n\n{second}\n\n{text}\n")


# --- Headings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("1. Beginnings", "2. Aims", "12"),
        ("1.Beginnings", "2.Aims", "12"),
        ("1) Beginnings", "2) Aims", "12"),
        ("(1) Beginnings", "(2) Aims", "12"),
        ("1 - Beginnings", "2 - Aims", "12"),
        ("I. Beginnings", "II. Aims", ["I", "II"]),
        ("१. Beginnings", "२. Aims", "१२"),
        ("1.1 Beginnings", "1.2 Aims", ["1.1", "1.2"]),
        ("1 Beginnings", "2 Aims", "12"),
        ("1.\tBeginnings", "2.\tAims", "12"),
        ("A. Beginnings", "B. Aims", "AB"),
        ("(a) Beginnings", "(b) Aims", "ab"),
        ("(i) Beginnings", "(ii) Aims", ["i", "ii"]),
        ("क. Beginnings", "ख. Aims", "कख"),
        ("Chapter 1: Beginnings", "Chapter 2: Aims", ["Chapter 1", "Chapter 2"]),
        ("अध्याय १\nBeginnings", "अध्याय २\nAims", ["अध्याय १", "अध्याय २"]),
        ("## 1 Beginnings", "## 2 Aims", "12"),
        ("## Beginnings", "## Aims", ["", ""]),
        ("## 1. Beginnings", "## 2. Aims ##", "12"),
        ("**1. Beginnings**", "**2. Aims**", "12"),
        ("1. **Beginnings**", "2. **Aims**", "12"),
        ("1. Beginnings:", "2. Aims:", "12"),
        ("Beginnings\n===", "Aims\n===", ["", ""]),
        ("Beginnings\n---", "Aims\n---", ["", ""]),
    ],
)
def test_a_heading_is_known_however_it_is_written(first, second, numbers):
    assert two_sections(first, second) == list(zip(numbers, ["Beginnings", "Aims"], strict=True))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("BEGINNINGS", "AIMS"),
        ("The beginnings:", "The aims:"),
        ("1. It began in the spring.", "2. It aims at little."),
        ("1. यह वसन्त में शुरू हुआ।", "2. इसके लक्ष्य कम हैं।"),
        ("1945 Beginnings", "1946 Aims"),
        ("1.5 million people", "7.9 million more"),
        ("5 countries in the south", "6 ministers of theirs"),
        ("A. Appadorai", "K. Nkrumah"),
        ("I. K. Gujral", "The aims"),
        ("#Beginnings", "#Aims"),
    ],
)
def test_a_line_is_no_heading_by_its_look_alone(first, second):
    note = parse(f"{SENTENCE}\n\n{first}\n\n{SENTENCE}\n\n{second}\n\n{SENTENCE}\n")
    assert not note.has_headings


def test_headings_without_blank_lines_around_them_are_found():
    assert sections_of(f"1. Beginnings\n{SENTENCE}\n2. Aims\n{SENTENCE}") == [("1", "Beginnings"), ("2", "Aims")]


def test_items_of_a_list_are_no_sections():
    sections = parse(ENGLISH_NOTE).sections
    assert [section.heading for section in sections] == ["How It Began", "Aims and Rules", "What Remains"]
    assert "1. fair terms\n2. open books\n3. shared costs" in sections[1].body


def test_a_loose_list_under_a_heading_stays_in_its_section():
    text = f"1. Aims\n\nThey are:\n\n1. fair terms\n\n2. open books\n\n3. shared costs\n\n2. Rules\n\n{SENTENCE}"
    assert sections_of(text) == [("1", "Aims"), ("2", "Rules")]


def test_a_section_may_still_be_empty():
    text = f"1. One\n\n{SENTENCE}\n\n2. Two\n\n3. Three\n\n{SENTENCE}\n\n4. Four\n\n{SENTENCE}"
    assert [heading for _number, heading in sections_of(text)] == ["One", "Two", "Three", "Four"]


def test_a_missing_number_ends_no_series():
    text = "\n\n".join(f"{number}. Part\n\n{SENTENCE}" for number in (1, 2, 4, 5))
    assert [number for number, _heading in sections_of(text)] == ["1", "2", "4", "5"]


def test_an_excerpt_may_begin_with_any_number():
    assert sections_of(f"3. Three\n\n{SENTENCE}\n\n4. Four\n\n{SENTENCE}") == [("3", "Three"), ("4", "Four")]


def test_deeper_numbers_become_headings_inside_a_section():
    text = f"1. One\n\n{SENTENCE}\n\n1.1 Inside\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}"
    sections = parse(text).sections
    assert [section.heading for section in sections] == ["One", "Two"]
    assert sections[0].body == f"{SENTENCE}\n\n# Inside\n\n{SENTENCE}"


def test_numbers_of_three_levels_are_nested_and_left_out_of_the_headings():
    heads = ["1 One", "1.1 Inside", "1.2 Beside", "1.2.1 Deeper", "1.2.2 As deep", "2 Two", "2.1 Last"]
    first, second = parse("\n\n".join(f"{head}\n\n{SENTENCE}" for head in heads)).sections
    assert (first.heading, second.heading) == ("One", "Two")
    told = [line for line in first.body.splitlines() if line.startswith("#")]
    assert told == ["# Inside", "# Beside", "## Deeper", "## As deep"]
    assert [(each.number, each.text) for each in second.inside] == [("2.1", "Last")]


def test_markdown_headings_of_one_level_are_nested_by_their_numbers():
    heads = ["## 1. One", "## 1.1 Inside", "## 2. Two"]
    assert sections_of("\n\n".join(f"{head}\n\n{SENTENCE}" for head in heads)) == [("1", "One"), ("2", "Two")]


def test_an_amount_inside_a_section_is_no_heading():
    text = f"1. One\n\n{SENTENCE}\n\n1.5 million people\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}"
    assert "1.5 million people" in parse(text).sections[0].body.splitlines()


@pytest.mark.parametrize(("first", "second"), [("(a) Near", "(b) Far"), ("1. Near", "2. Far")])
def test_lettered_or_numbered_parts_with_text_become_headings_inside_a_section(first, second):
    parts = ["I. One", first, second, "II. Two"]
    section, _other = parse("\n\n".join(f"{part}\n\n{SENTENCE}" for part in parts)).sections
    assert [each.text for each in section.inside] == ["Near", "Far"]


@pytest.mark.parametrize("mark", ["1. ", "Chapter 1: ", "# 1. ", "अध्याय 1\n"])
def test_the_number_of_a_chapter_is_no_part_of_the_title(mark):
    signs = "## " if mark.startswith("#") else ""
    note = parse(f"{mark}Neighbours\n\n{signs}1.1 One\n\n{SENTENCE}\n\n{signs}1.2 Two\n\n{SENTENCE}")
    assert note.title == "Neighbours"
    assert [section.heading for section in note.sections] == ["One", "Two"]


@pytest.mark.parametrize(
    "heading", ["References", "**Further reading**", "Some Useful Books:", "संदर्भ", "सन्दर्भ सूची", "संदर्भ ग्रन्थ सूची"]
)
def test_the_list_of_sources_is_a_section_of_its_own_and_its_entries_are_no_headings(heading):
    entries = "1. Singh, A., The South, Delhi\n\n2. Rao, B., The North, Delhi"
    note = parse(f"1. One\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}\n\n{heading}\n\n{entries}")
    assert [section.has_sources for section in note.sections] == [False, False, True]
    assert note.sections[2].body.split() == entries.split()


def test_an_introduction_and_a_conclusion_need_no_number_beside_numbered_sections():
    heads = ["Introduction", "1. One", "2. Two", "Conclusion"]
    note = parse("\n\n".join(f"{head}\n\n{SENTENCE}" for head in heads))
    assert [section.heading for section in note.sections] == ["Introduction", "One", "Two", "Conclusion"]


def test_the_same_numbers_again_in_the_other_language_stay_apart():
    text = f"1. One\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}\n\n1. एक\n\n{HINDI_SENTENCE}\n\n2. दो\n\n{HINDI_SENTENCE}"
    assert [each.text for each in parse(text).sections[1].inside] == ["एक", "दो"]
    assert is_in_two_languages(text)
    assert not is_in_two_languages(ENGLISH_NOTE)


def test_a_plain_text_of_word_has_no_empty_lines():
    sections = f"1)\tOne\n{SENTENCE}\n2)\tTwo\n{SENTENCE}\n•\tall\nConclusion\n{SENTENCE}"
    note = parse(f"The neighbours\n{SENTENCE} {SENTENCE}\n{sections}")
    assert (note.title, note.summary) == ("The neighbours", f"{SENTENCE} {SENTENCE}")
    assert [section.heading for section in note.sections] == ["One", "Two", "Conclusion"]


def test_deeper_headings_of_markdown_begin_at_the_highest_level():
    text = f"# Title\n\n## One\n\n{SENTENCE}\n\n### Inside\n\n{SENTENCE}\n\n## Two\n\n{SENTENCE}"
    note = parse(text)
    assert note.title == "Title"
    assert note.sections[0].body == f"{SENTENCE}\n\n# Inside\n\n{SENTENCE}"


def test_numbers_of_three_digits_go_on_from_those_of_two():
    text = "\n\n".join(f"{number}. Part\n\n{SENTENCE}" for number in range(1, 130))
    assert [int(number) for number, _heading in sections_of(text)] == list(range(1, 130))


def test_an_excerpt_may_begin_with_a_number_of_three_digits():
    assert sections_of(f"१००. एक\n\n{HINDI_SENTENCE}\n\n१०१. दो\n\n{HINDI_SENTENCE}") == [("१००", "एक"), ("१०१", "दो")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1955. The Bandung Conference", "1956. The Brioni meeting"),
        ("134 Countries are members", "135 Ministers came"),
        ("134.5 million people", "135.5 million more"),
        ("100. It began in the spring.", "101. It aims at little."),
    ],
)
def test_a_year_or_a_count_is_no_heading(first, second):
    note = parse(f"{SENTENCE}\n\n{first}\n\n{SENTENCE}\n\n{second}\n\n{SENTENCE}\n")
    assert not note.has_headings


def test_a_number_in_a_block_of_code_is_no_heading():
    text = f"## One\n\n```\n## Two\n```\n\n{SENTENCE}"
    assert sections_of(text) == [("", "One")]


def test_headings_before_their_text_in_the_same_line_are_found():
    text = f"1. Beginnings: {SENTENCE * 3}\n2. Aims: {SENTENCE * 3}"
    note = parse(text)
    assert [section.heading for section in note.sections] == ["Beginnings", "Aims"]
    assert note.sections[1].body == SENTENCE * 3


def test_headings_in_the_middle_of_a_line_are_found():
    text = f"Neighbours help. 1. Beginnings: {SENTENCE * 3} 2. Aims: {SENTENCE * 3} 3. Outlook: {SENTENCE * 3}"
    note = parse(text)
    assert note.summary == "Neighbours help."
    assert [section.heading for section in note.sections] == ["Beginnings", "Aims", "Outlook"]


def test_a_list_of_terms_with_their_meaning_is_no_row_of_sections():
    assert not parse("1. Equality: all count.\n2. Respect: nobody meddles.\n3. Benefit: all gain.").has_headings


def test_each_section_knows_its_line():
    assert [section.start_line for section in parse(ENGLISH_NOTE).sections] == [3, 7, 15]


# --- Title, summary, what has no heading ------------------------------------------------------------------------------


def test_a_first_line_by_itself_is_the_title():
    note = parse(f"The neighbours\n\n{SENTENCE}\n\n1. One\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}")
    assert (note.title, note.summary) == ("The neighbours", SENTENCE)


def test_a_first_sentence_is_no_title():
    assert parse(ENGLISH_NOTE).title == ""


def test_a_title_may_stand_over_the_name_of_its_author():
    note = parse(f"The neighbours\nDr. R. K. Sharma\n1.\tOne\n{SENTENCE}\n2.\tTwo\n{SENTENCE}")
    assert (note.title, note.summary) == ("The neighbours", "Dr. R. K. Sharma")


def test_a_sentence_in_two_lines_is_no_title():
    note = parse(
        f"Neighbours share what they know\nand do so as equals\n\n1. One\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}"
    )
    assert note.title == ""


def test_front_matter_is_no_text_and_a_single_heading_of_the_first_level_is_the_title():
    text = f"---\ntitle: Foo\n---\n# South-South Cooperation\n\n## 1. Intro\n\n{SENTENCE}\n\n## Aims\n\n{SENTENCE}"
    note = parse(text)
    assert (note.title, note.summary, note.front_lines) == ("South-South Cooperation", "", 3)
    assert [(each.heading, each.body, each.start_line) for each in note.sections] == [
        ("Intro", SENTENCE, 6), ("Aims", SENTENCE, 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["title: The neighbours", 'Title: "The neighbours"', "title: 'The neighbours'", "title: The neighbours  # a draft",
     "title : The neighbours\t",
     "title: >-\n  The\n  neighbours", "layout: post\ntags:\n  - a\n- b\ntitle: The neighbours\n\n# a remark"],
)  # fmt: skip
@pytest.mark.parametrize("rest", [f"## One\n\n{SENTENCE}\n\n## Two\n\n{SENTENCE}", f"1. One\n\n{SENTENCE}"])
def test_the_title_of_front_matter_is_that_of_a_text_without_one(written, rest):
    note = parse(f"---\n{written}\n---\n\n{rest}")
    assert (note.title, note.summary, note.sections[0].heading) == ("The neighbours", "", "One")


def test_a_title_that_front_matter_says_too_is_there_once():
    note = parse(f"---\ntitle: The neighbours\n---\n\nThe Neighbours\n\n1. One\n\n{SENTENCE}")
    assert (note.title, note.summary) == ("The neighbours", "")


def test_front_matter_without_a_text_has_no_sections():
    assert parse("---\ntitle: Foo\n---").sections == []


@pytest.mark.parametrize("text", ["---\n\nA remark.\n\n---\n\nMore.", "---\ntitle: Foo\n\nNo end.", "title: Foo\n---"])
def test_a_rule_is_no_front_matter(text):
    assert parse(text).front_lines == 0


def test_what_stands_before_the_first_heading_is_the_summary():
    assert parse(ENGLISH_NOTE).summary == "Neighbours (NBR) share what they know. They do so as equals."


def test_a_summary_that_is_too_long_becomes_a_section():
    note = parse(f"{SENTENCE * 6}\n\n1. One\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}")
    assert note.summary == ""
    assert [(section.heading, section.is_named_by_us) for section in note.sections] == [
        ("Introduction", True), ("One", False), ("Two", False),
    ]  # fmt: skip


def test_a_text_without_headings_has_a_section_for_each_paragraph():
    note = parse(HINDI_NOTE)
    assert [section.start_line for section in note.sections] == [1, 2, 3]
    assert all(section.is_named_by_us for section in note.sections)
    assert note.sections[1].heading.startswith("सदस्य देश वसन्त में फिर मिले")


def test_many_snippets_are_one_section():
    assert len(parse("\n\n".join(f"A remark, {number}." for number in range(9))).sections) == 1


# --- Language ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH_NOTE, "en"),
        (HINDI_NOTE, "hi"),
        ("Hkkjr ds fodkl esa lg;ksx dk egRo gSA", "hi"),  # typed for an old font
        ("1945", "en"),
    ],
)
def test_the_language_is_told_by_the_script(text, language):
    assert guess_language(text) == language


# --- Plain text as Markdown -------------------------------------------------------------------------------------------


def read(markdown):
    """What a reader sees of ``markdown``."""
    tokens = parser().disable("linkify").parse(markdown)
    return "".join(
        child.content if child.type != "softbreak" else "\n" for each in tokens for child in each.children or ()
    )


@pytest.mark.parametrize(
    "line",
    ["1945. The war ends", "- a remark", "> more than", "# a sign", "+ and", "= equals", "---", "***", "|a|b|", "~~~",
     ": so", "a *b* c", "a_b_ _c_", "5 < 6 & 7", "<b>bold</b>", "[x](y)", "[^1]: a note", "back\\slash", "`code`",
     "~~gone~~", "&amp;"],
)  # fmt: skip
def test_a_plain_line_keeps_its_look(line):
    assert read(as_markdown([SENTENCE, line, SENTENCE])) == SENTENCE + line + SENTENCE


def test_what_needs_no_escape_has_none():
    line = "Prices rose by 5 * 3 per cent (see [2]), as A_B said: yes - no; #1!"
    assert as_markdown([line]) == line


def test_a_list_of_plain_text_stays_a_list():
    assert as_markdown(["Two things:", "- one *", "- two"]) == "Two things:\n\n- one *\n- two"


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        (["• one", "• two"], "- one\n- two"),
        (["•\tone", "o\ttwo", "•\tthree"], "- one\n  - two\n- three"),
        (["– one", "– two"], "- one\n- two"),
        (["* one", "", "* two"], "- one\n- two"),
        (["१. एक", "२. दो"], "1. एक\n2. दो"),
        (["(1) one", "(2) two"], "1) one\n2) two"),
        (["1. one", "   - two", "   - three", "2. four"], "1. one\n   - two\n   - three\n2. four"),
        (["- one goes on", "  in this line", "- two"], "- one goes on\n  in this line\n- two"),
        (["(a) one", "(b) two"], "(a) one\n\n(b) two"),
        (["• alone"], "- alone"),
        (["– alone"], "– alone"),
    ],
)
def test_marks_of_lists_become_those_of_markdown(lines, written):
    assert as_markdown(lines) == written


TABLE = ["Country\tYear\tPlace", "India\t1955\tBandung", "Peru\t\t*Lima* | Callao"]
TABLE_IN_MARKDOWN = """\
| Country | Year | Place |
| --- | --- | --- |
| India | 1955 | Bandung |
| Peru |  | {} |"""


def test_lines_of_cells_between_tabs_become_a_table():
    written = TABLE_IN_MARKDOWN.format(r"\*Lima\* \| Callao")
    assert as_markdown([SENTENCE, *TABLE, SENTENCE]) == f"{SENTENCE}\n\n{written}\n\n{SENTENCE}"


def test_a_table_in_a_text_of_markdown_keeps_the_marks_in_its_cells():
    body = parse("\n".join(["## One", "", SENTENCE, *TABLE, SENTENCE])).sections[0].body
    assert body == "\n\n".join([SENTENCE, TABLE_IN_MARKDOWN.format(r"*Lima* \| Callao"), SENTENCE])


def test_a_table_in_hindi_has_its_header_in_the_first_row():
    text = f"१. एक\n{HINDI_SENTENCE}\nक्र.सं.\tदेश\n१.\tभारत\n२.\tपेरू\n२. दो\n{HINDI_SENTENCE}"
    first, second = parse(text).sections
    assert first.body.endswith("| क्र.सं. | देश |\n| --- | --- |\n| १. | भारत |\n| २. | पेरू |")
    assert second.heading == "दो"


@pytest.mark.parametrize(
    "lines",
    [
        ["1.\tBeginnings", "2.\tAims"],
        ["1\tBeginnings", "1.1\tThe idea"],
        ["(a)\tnear", "(b)\tfar"],
        ["•\tone", "•\ttwo"],
        ["\tAn indented paragraph", "\tand another"],
        ["Share\tTweet"],
        ["Name:\tRavi", "", "Place:\tDelhi"],
        ["one\t", "two\t"],
        ["> a\tb", "> c\td"],
    ],
)
def test_a_tab_makes_no_table(lines):
    assert "---" not in as_markdown(lines)


def test_the_rows_of_a_table_are_no_headings_and_the_line_after_it_may_be_one():
    contents = "1.\tBeginnings\t5\n2.\tAims\t9"
    text = f"{contents}\n1.\tBeginnings\n{SENTENCE}\nCountry\tYear\nIndia\t1955\n2.\tAims\n{SENTENCE}"
    sections = parse(text).sections
    assert [section.heading for section in sections] == ["Introduction", "Beginnings", "Aims"]
    assert sections[1].body.endswith("| India | 1955 |")


def test_a_table_belongs_to_the_paragraph_before_it():
    text = "\n".join([f"{SENTENCE} {SENTENCE}", *TABLE, f"{SENTENCE} {SENTENCE}"])
    assert [section.start_line for section in parse(text).sections] == [1, 5]


def test_a_section_that_begins_with_a_table_is_named_by_its_words():
    assert parse("\n".join([*TABLE[:2], SENTENCE])).sections[0].heading.startswith("The members met")


@pytest.mark.parametrize("before", ["", "## One\n\n"])
@pytest.mark.parametrize("marks", ["•o§", "•▪–", "➢✓o"])
def test_bullets_under_bullets_become_items_inside(before, marks):
    outer, inner, innermost = marks
    lines = [f"{outer} one", f"{inner} two", f"{innermost} three", f"{inner} four", f"{outer} five"]
    written = "- one\n  - two\n    - three\n  - four\n- five"
    assert parse(before + "\n".join(lines)).sections[0].body == written


def test_bullets_under_a_number_become_items_inside():
    assert as_markdown(["1. one", "• two", "o three", "2. four"]) == "1. one\n   - two\n     - three\n2. four"


@pytest.mark.parametrize("line", ["§ 5 of the Act", "o Brasil"])
def test_a_sign_of_a_font_by_itself_is_no_bullet(line):
    assert as_markdown([SENTENCE, line]) == f"{SENTENCE}\n\n{line}"


def test_marks_of_lists_are_mended_in_markdown_too():
    text = f"## One\n\n{SENTENCE}\n• one\n• two\n\n१. एक\n२. दो\n\n– alone\n\n```\n• code\n```"
    body = f"{SENTENCE}\n- one\n- two\n\n1. एक\n2. दो\n\n– alone\n\n```\n• code\n```"
    assert parse(text).sections[0].body == body


def test_a_line_that_was_full_goes_on_in_the_next():
    lines = [
        "This line was broken by hand because it",
        "was full, and this one too, as it seems",
        "to us.",
        "A new one.",
    ]
    assert as_markdown(lines) == "\n".join(lines[:3]) + "\n\nA new one."


def test_a_year_that_begins_a_line_goes_on_with_its_sentence():
    lines = ["The first of all of its meetings was in", "1964. It took place in Algiers and it was", "a success."]
    assert read(as_markdown(lines)) == "\n".join(lines)


def test_long_lines_are_paragraphs():
    assert as_markdown([SENTENCE * 2, SENTENCE * 2]) == f"{SENTENCE * 2}\n\n{SENTENCE * 2}"


def test_markdown_stays_as_it_is():
    body = "It is **bold**, [linked](event:lima),\nand\n\n> quoted  \n- once"
    assert parse(f"## One\n\n{body}\n").sections[0].body == body


# --- Nothing is lost --------------------------------------------------------------------------------------------------

# What makes a line a heading or bold, and what an escape is made of.
MARKS = frozenset("#*_=-–—.:()\\|o§" + BULLETS)
FONT_BULLETS = {"o", "ü"}
# Markdown has no lists with these.
ESCAPE = regex.compile(r"\\(?=[!-/:-@\[-`{-~])")
LATIN_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
PIECES = st.sampled_from([
    "1. Heading", "2. Heading:", "(3) Heading", "II. Heading", "१. शीर्षक", "1.1 Sub", "## Sub", "# Title",
    "**1. Bold**", "1 Bare", "1.2.1 Deep", "## 1.1 Sub", "(a) Letter", "क) अक्षर", "Chapter 2", "अध्याय १: शीर्षक",
    "References",
    "संदर्भ सूची", "Introduction", "• sign", "• ", "\t▪ deeper", "– dash", "१. मद", "(1) item", "  going on", "===", "---",
    "A\tB\nC\t*D*|", "1\tA\t2\n2\tB\t3\n", "o inside", "§ deeper",
    "- item", "1) item", "```", "> quoted", "ॅज्व्", "", "", "*", "2.", "\\",
    SENTENCE, HINDI_SENTENCE, f"1. Run-in: {SENTENCE * 3}",
])  # fmt: skip
NOTES = st.lists(PIECES | st.text(max_size=30), max_size=14).map("\n".join)


def signs(text):
    kept = "".join(sign for sign in text if not sign.isspace() and sign not in MARKS)
    return kept.translate(LATIN_DIGITS)


def told(note):
    yield f"{note.title_number} {note.title}"
    yield note.summary
    for section in note.sections:
        yield section.number
        yield "" if section.is_named_by_us else section.heading
        rest = section.body
        for each in section.inside:
            before, rest = rest.split(each.written, 1)
            yield f"{before} {each.number} {each.written}"
        yield rest


@settings(max_examples=60)
@example(ENGLISH_NOTE)
@example(HINDI_NOTE)
@given(NOTES | st.text(max_size=300))
def test_every_sign_of_a_text_is_in_the_note(text):
    assert signs("".join(told(parse(text)))) == signs(text)


@settings(max_examples=40)
@given(NOTES | st.text(max_size=300))
def test_every_word_of_a_text_is_in_the_note_whole(text):
    known = " ".join(ESCAPE.sub("", part) for part in told(parse(text))).translate(LATIN_DIGITS).split()
    wanted = {each for each in words(text.translate(LATIN_DIGITS)) if not each.isdigit()}
    assert set(words(" ".join(known))) >= wanted - FONT_BULLETS


LINES = (st.text(st.characters(exclude_characters="\r\n\0")) | PIECES).filter(
    lambda line: not item_of(line) and "\n" not in line
)


@settings(max_examples=60)
@example(["A\tB", "C\t*D*|\\|", "`E|F`\tG"])
@given(st.lists(LINES | st.just("A\tB*\tC"), max_size=8))
def test_plain_text_reads_the_same_as_markdown(lines):
    assert "".join(read(as_markdown(lines)).split()) == "".join("".join(lines).split())
