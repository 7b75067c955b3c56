"""A pasted text read as a note: title, summary, sections. Every sign is in one of them, save the marks of headings.

Which lines are headings is told in :mod:`.headings`. What stands before the first one is the summary, or a section of
its own where it is too long for one. A text without headings has a section for each paragraph; their headings are the
opening words, and ours, like “Introduction”: somebody looks at them before the draft is made. The number of a heading
is no part of it: it is kept beside it, and the draft has its own order. Of front matter only the title is taken.
"""

from bisect import bisect
from dataclasses import dataclass, field
from itertools import islice

import regex
from django.utils.translation import gettext, override

from apps.content.plain_text import plain_text
from apps.languages.graphemes import shorten, words
from apps.topics.models import MOST_SUMMARY_WORDS
from apps.topics.pasting import headings, lists
from apps.topics.pasting.front import front_matter
from apps.topics.pasting.known import heads_sources
from apps.topics.pasting.lines import BULLET, QUOTE, fenced, may_head, without_bold
from apps.topics.pasting.numbering import number_of
from apps.topics.pasting.plain import as_markdown, blocks, is_markdown, reads_as_it_stands
from apps.topics.pasting.scripts import guess_language
from apps.topics.pasting.tables import apart_from_tables, lines_of, tables

LINE_ENDS = regex.compile("\r\n?")
ESCAPED = regex.compile(r"\\([!-/:-@\[-`{-~])")
SENTENCE = regex.compile(r".{15,}?(?=[.।॥?!:](?:\s|$)|\n|$)")
LONGEST_TITLE, OPENING_SIGNS = 120, 50
# Under a title: its author, a university, a date.
MOST_NAMES = 4
GOES_ON = regex.compile(r"\s*[\p{Ll}(]")
# A text without headings is divided only into so many parts, and not into snippets.
MOST_PARTS, LEAST_WORDS = 40, 30


@dataclass(frozen=True)
class InnerHeading:
    """A heading in a section's body: its ``number`` as written (``""``: none), and what it is ``written`` as there."""

    number: str
    text: str
    written: str


@dataclass(frozen=True)
class ParsedSection:
    """A section: its ``number`` as written (``""``: none), its ``heading``, its ``body`` in Markdown, the line of the
    text that it starts at (1 is the first), and the headings ``inside`` the body. ``is_named_by_us``: the text has no
    heading for it.
    """

    number: str
    heading: str
    body: str
    start_line: int
    is_named_by_us: bool = False
    inside: tuple = ()

    @property
    def has_sources(self):
        return not self.is_named_by_us and heads_sources(self.heading)


@dataclass(frozen=True)
class ParsedNote:
    """A text as a note; ``title``, the number before it and ``summary`` may be empty. ``front_lines``: how many lines
    of front matter come before the text.
    """

    title: str
    summary: str
    language: str
    sections: list = field(default_factory=list)
    title_number: str = ""
    front_lines: int = 0

    @property
    def has_headings(self):
        return any(not section.is_named_by_us for section in self.sections)


@dataclass(frozen=True)
class _Line:
    text: str
    number: int


def parse(text, language=""):
    """``text`` as a :class:`ParsedNote`. ``language``: the code of what it is in; ``""``: as its script shows."""
    all_lines = LINE_ENDS.sub("\n", text).split("\n")
    front_lines, front_title = front_matter(all_lines)
    text = "\n".join(all_lines[front_lines:])
    language = language or guess_language(text)
    lines = [_Line(each, number) for number, each in enumerate(all_lines, start=1)]
    lines = lines[front_lines:] or [_Line("", 1)]
    closed = _closed(lines)
    found = headings.outline(_texts(lines), closed)
    if not found.sections:
        pieces = list(_pieces(lines, closed))
        run_in = headings.outline(_texts(pieces), _closed(pieces), run_in=True)
        lines, found = (pieces, run_in) if run_in.sections else (lines, found)
    title, title_number, start = _title(lines, found, front_title)
    first = found.sections[0].first if found.sections else len(lines)
    keeps_markdown = is_markdown(text)
    before = _opening if _has_others_than_sources(found) else _without_headings
    summary, sections = before(lines[start:first], keeps_markdown, language)
    ends = [*(each.first for each in found.sections[1:]), len(lines)]
    for heading, end in zip(found.sections, ends, strict=False):
        body, inside = _under(heading, end, lines, found.inside, keeps_markdown)
        number = heading.number.written if heading.number else ""
        start = lines[heading.first].number
        sections.append(ParsedSection(number, _tidy(heading.text), body, start, inside=inside))
    return ParsedNote(title, summary, language, sections, title_number, front_lines)


def _closed(lines):
    """The indexes of the lines that are no headings, however they look: code and tables."""
    code = fenced(_texts(lines))
    return code | lines_of(tables(_texts(lines), code))


def _pieces(lines, closed):
    for index, line in enumerate(lines):
        yield from [line] if index in closed else [_Line(piece, line.number) for piece in headings.apart(line.text)]


def _has_others_than_sources(found):
    return any(not heads_sources(each.text) for each in found.sections)


def opening_words(body):
    """What a section without a heading is called: the first words of its first sentence."""
    text, found = apart_from_tables(body)
    text = ESCAPED.sub(r"\1", text if text.strip() else plain_text("\n".join(found))).strip()
    sentence = SENTENCE.match(text)
    return shorten(sentence[0] if sentence else text, OPENING_SIGNS)


def _texts(lines):
    return [line.text for line in lines]


def _tidy(heading):
    """A heading without the colon that it ends in."""
    return heading.strip().rstrip(":").rstrip()


def _title(lines, found, front_title):
    """``(title, its number, the index of what follows it)``: marked as the title, or that of the front matter, or a
    first line by itself.
    """
    if found.title:
        number = found.title.number
        return _tidy(found.title.text), number.written if number else "", found.title.last + 1
    first = next((index for index, line in enumerate(lines) if line.text.strip()), 0)
    text, after = lines[first].text, first + 1
    if front_title:
        is_again = without_bold(text).casefold() == front_title.casefold()
        return front_title, "", after if is_again else 0
    heading = found.sections[0].first if found.sections else len(lines)
    is_apart = after == heading or (after < len(lines) and _is_apart(lines[after].text))
    is_apart = is_apart or (heading < len(lines) and _are_title_and_names(_texts(lines[first:heading])))
    has_more = any(line.text.strip() for line in lines[after:])
    if first < heading and is_apart and has_more and _may_be_title(text):
        return without_bold(text), "", after
    return "", "", 0


def _is_apart(following):
    """Word's plain texts have no empty lines: a paragraph follows in one long line."""
    return not following.strip() or len(following) > LONGEST_TITLE


def _are_title_and_names(texts):
    """Whether what stands before the first heading are a title and, under it, who wrote it or where it stood."""
    filled = [text for text in texts if text.strip()]
    return 1 < len(filled) <= MOST_NAMES and all(map(_may_be_title, filled)) and not any(map(GOES_ON.match, filled[1:]))


def _may_be_title(text):
    number = number_of(without_bold(text))
    is_item = number and number.is_sure
    ends_so = text.rstrip().endswith(":") or BULLET.match(text) or QUOTE.match(text)
    return len(text) <= LONGEST_TITLE and may_head(text) and not (ends_so or is_item or "\t" in text.strip())


def _opening(lines, keeps_markdown, language):
    """``(summary, [a section])`` of what stands before the first heading: one of them is empty."""
    paragraphs = blocks(_texts(lines))
    if not paragraphs:
        return "", []
    text = "\n".join(line.strip() for line in paragraphs[0])
    fits = len(paragraphs) == 1 and not paragraphs[0].table and len(text.split()) <= MOST_SUMMARY_WORDS
    if fits and (not keeps_markdown or reads_as_it_stands(text)):
        return text, []
    with override(language):
        name = gettext("Introduction")
    start = next(line.number for line in lines if line.text.strip())
    return "", [ParsedSection("", name, _body(_texts(lines), keeps_markdown), start, is_named_by_us=True)]


def _without_headings(lines, keeps_markdown, language):
    if not any(line.text.strip() for line in lines):
        return "", []
    parts = [[line for line in lines if line.text.strip()]] if keeps_markdown else _paragraphs(lines)
    average = sum(len(words(line.text)) for line in lines) / max(len(parts), 1)
    if keeps_markdown or len(parts) > MOST_PARTS or average < LEAST_WORDS:
        parts = [lines]
    summary, sections = _opening(parts[0], keeps_markdown, language) if len(parts) > 1 else ("", [])
    for part in parts[1:] if len(parts) > 1 else parts:
        body = _body(_texts(part), keeps_markdown)
        start = next((line.number for line in part if line.text.strip()), 1)
        sections.append(ParsedSection("", opening_words(body), body, start, is_named_by_us=True))
    return summary, sections


def _paragraphs(lines):
    """The lines of each paragraph, with the lists and tables after it."""
    filled = iter([line for line in lines if line.text.strip()])
    parts = []
    for block in blocks(_texts(lines)):
        if not parts or not (block.is_list or block.table):
            parts.append([])
        parts[-1] += islice(filled, len(block))
    return parts


def _under(heading, end, lines, inside, keeps_markdown):
    """``(body, headings inside)`` under ``heading``; those inside become headings of Markdown, the highest first, and
    none deeper than one below that around it.
    """
    parts, found, around, start = [], [], [], heading.last + 1
    if heading.rest:
        parts.append(_body([heading.rest], keeps_markdown))
    first, after = (bisect(inside, index, key=lambda each: each.first) for index in (heading.last, end - 1))
    for each in inside[first:after]:
        parts.append(_body(_texts(lines[start : each.first]), keeps_markdown))
        around = [*(level for level in around if level < each.level), each.level]
        text = _tidy(each.text)
        parts.append("#" * len(around) + " " + (text if keeps_markdown else as_markdown([text])))
        found.append(InnerHeading(each.number.written if each.number else "", text, parts[-1]))
        start = each.last + 1
    parts.append(_body(_texts(lines[start:end]), keeps_markdown))
    return "\n\n".join(part for part in parts if part), tuple(found)


def _body(texts, keeps_markdown):
    if not keeps_markdown:
        return as_markdown(texts)
    while texts and not texts[0].strip():
        texts = texts[1:]
    code = fenced(texts)
    found = tables(texts, code)
    written = lists.mended(texts, code | lines_of(found))
    for table in reversed(found):
        around = written[max(table.first - 1, 0) : table.first], written[table.last + 1 : table.last + 2]
        before, after = ([""] if any(map(str.strip, lines)) else [] for lines in around)
        written[table.first : table.last + 1] = [*before, table.written(), *after]
    return "\n".join(written).rstrip()
