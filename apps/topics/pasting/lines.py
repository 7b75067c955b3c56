"""What a single line of a pasted text is, and what stands around it."""

from dataclasses import dataclass

import regex

from apps.languages.graphemes import words
from apps.topics.pasting.lists import BULLETS
from apps.topics.pasting.numbering import Number

ATX = regex.compile(r" {0,3}(#{1,6})[ \t]+(.*)$")
FENCE = regex.compile(r" {0,3}(`{3,}|~{3,})")
BULLET = regex.compile(rf"\s*(?:[-*+–—][ \t]|[{BULLETS}])")
QUOTE = regex.compile(r"\s*>")
BOLD = regex.compile(r"\*\*|__")
LETTER = regex.compile(r"\p{L}")
SENTENCE_END = regex.compile(r"[.।॥,;…][\"'”’)\]*_]*$")
# Not after “Dr” or an initial.
SENTENCE_INSIDE = regex.compile(r"(?:\p{Ll}{3}|[\p{L}\p{M}\p{N}])(?:(?<=\p{Ll}{3})\.|[।॥?!])\s+\S")
LONGEST, MOST_WORDS = 300, 30
# Longer lines are not broken by hand: each is a paragraph.
LONG_LINE = 120


@dataclass(frozen=True)
class Heading:
    """Lines ``first`` to ``last`` (indexes) are the heading ``text`` of this ``level`` (1 is the highest); ``rest`` is
    text that follows in the same line. ``whole`` is the heading with its number as it was written.
    """

    first: int
    last: int
    level: int
    text: str
    number: Number | None = None
    rest: str = ""
    weight: float = 0
    whole: str = ""


def atx_heading(line):
    """``(level, text)`` of “## Text ##” (CommonMark 4.2), else ``None``. The end is stripped by hand: an expression for
    all of it looks at each blank of a long line again and again.
    """
    found = ATX.match(line)
    if not found:
        return None
    text = found[2].rstrip(" \t")
    bare = text.rstrip("#")
    return len(found[1]), text if bare and bare[-1] not in " \t" else bare.rstrip(" \t")


def fenced(lines):
    """The indexes of the lines in blocks of code."""
    inside, mark = set(), None
    for index, line in enumerate(lines):
        found = FENCE.match(line)
        if mark or found:
            inside.add(index)
        if found and mark is None:
            mark = found[1]
        elif found and found[1].startswith(mark) and not line.strip(" \t" + mark[0]):
            mark = None
    return inside


def may_head(text):
    text = text.strip()
    is_short = len(text) <= LONGEST and len(words(text)) <= MOST_WORDS
    ends = SENTENCE_END.search(text) or SENTENCE_INSIDE.search(text)
    return bool(is_short and not ends and LETTER.search(text))


def without_bold(line):
    """``line`` without the signs that make all of it, or its number, bold."""
    line = line.strip()
    return BOLD.sub("", line) if BOLD.search(line) and BOLD.match(line[:8].lstrip("0123456789०-९.() ")) else line


def has_text(lines, first, end):
    return any(lines[index].strip() for index in range(first, end))


def stands_over_text(lines, last):
    """Whether line ``last`` is one by itself: an empty one follows, or a whole paragraph in one line."""
    return last + 1 < len(lines) and (not lines[last + 1].strip() or len(lines[last + 1]) > LONG_LINE)
