"""Which lines of a note are its headings.

A heading is marked as one (``## Heading``, or underlined with ``===`` or ``---``), or numbered. A line that is short,
in capitals, in bold or ends in a colon is none by that alone.

A numbered line can be a heading or an item of a list. It is told by what stands around it:

- It is short enough, and no sentence ends in it or with it.
- Items of a list follow each other with nothing between; a heading has text under it.
- The headings are the series of numbers (1, 2, 3 …; one may be missing) that has the most for it, reckoned so: 2 for a
  line with text under it, 1 without, −½ for one in a list with blank lines between, −1 for one in a tight list. So the
  list 1, 2, 3 inside section 2 stays a list, though its numbers would fit.
- Where 1., 2. and 1.1, 1.2 stand together, the first are the sections, the others headings inside them.

Where no line is a heading, it may stand before its text, ``1. Heading: text``, even in the middle of a line.
"""

from dataclasses import dataclass, replace

import regex

from apps.languages.graphemes import words
from apps.topics.pasting.numbering import PATH, Number, number_of
from apps.topics.pasting.series import best_series

ATX = regex.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = regex.compile(r" {0,3}(?:(=)=+|-{3,})[ \t]*$")
FENCE = regex.compile(r" {0,3}(`{3,}|~{3,})")
BULLET = regex.compile(r"\s*[-*+•][ \t]")
QUOTE = regex.compile(r"\s*>")
BOLD = regex.compile(r"\*\*|__")
LETTER = regex.compile(r"\p{L}")
SENTENCE_END = regex.compile(r"[.।॥,;…][\"'”’)\]*_]*$")
# Not after “Dr” or an initial.
SENTENCE_INSIDE = regex.compile(r"(?:\p{Ll}{3}|[\p{L}\p{M}\p{N}])(?:(?<=\p{Ll}{3})\.|[।॥?!])\s+\S")
RUN_IN = regex.compile(r"(?P<heading>[^:.।॥?!;]{2,80}?)\s*(?::-|:|—)\s+(?P<rest>\S.*)$", regex.DOTALL)
NEW_NUMBER = regex.compile(rf"(?<=[.।॥?!:”’\"']\s+)(?=\(?{PATH}[.)]\s*[^:.।॥?!;0-9][^:.।॥?!;]{{1,80}}:-?\s)")
LONGEST, MOST_WORDS = 300, 30
LEAST_TEXT = 200  # characters that stand under a heading that has no line of its own


@dataclass(frozen=True)
class Heading:
    """Lines ``first`` to ``last`` (indexes) are the heading ``text`` of this ``level`` (1 is the highest); ``rest`` is
    text that follows in the same line.
    """

    first: int
    last: int
    level: int
    text: str
    number: Number | None = None
    rest: str = ""
    weight: float = 0


@dataclass(frozen=True)
class Outline:
    """What was found: the note's ``title``, the headings of its ``sections``, and those ``inside`` sections."""

    title: Heading | None = None
    sections: tuple = ()
    inside: tuple = ()


def outline(lines, *, run_in=False):
    """The :class:`Outline` of ``lines`` (texts). ``run_in``: look for headings before their text in the same line."""
    closed = fenced(lines)
    marked = list(_marked(lines, closed))
    title = marked[0] if marked and _is_title(lines, marked) else None
    marked = marked[1:] if title else marked
    taken = {index for each in [*marked, *([title] if title else [])] for index in range(each.first, each.last + 1)}
    numbered = _weighed(lines, list(_numbered(lines, closed | taken, run_in=run_in)), run_in=run_in)
    series = best_series(numbered)
    if marked and not (len(series) > 1 and series[0].first < marked[0].first):
        top = min(each.level for each in marked)
        inside = tuple(each for each in marked if each.level > top)
        return Outline(title, tuple(each for each in marked if each.level == top), inside)
    return Outline(title, tuple(series), tuple(_inside(numbered, series)))


def apart(line):
    """``line`` cut before each number that seems to begin a heading in its middle."""
    return NEW_NUMBER.split(line) if ":" in line else [line]


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


# --- Marked -----------------------------------------------------------------------------------------------------------


def _marked(lines, closed):
    for index, line in enumerate(lines):
        if index in closed:
            continue
        if found := ATX.match(line):
            yield from _heading(index, index, len(found[1]), found[2])
        elif (found := UNDERLINE.match(line)) and _is_underlined(lines, index, closed):
            yield from _heading(index - 1, index, 1 if found[1] else 2, lines[index - 1])


def _heading(first, last, level, line):
    text = without_bold(line)
    number = number_of(text)
    if number and LETTER.search(text, number.end):
        yield Heading(first, last, level, text[number.end :], number)
    elif LETTER.search(text):
        yield Heading(first, last, level, text)


def _is_underlined(lines, index, closed):
    """Whether the line before is one line of text, and not the end of a paragraph with a rule under it."""
    if index == 0 or index - 1 in closed or (index > 1 and lines[index - 2].strip()):
        return False
    line = lines[index - 1]
    return may_head(line) and not (BULLET.match(line) or QUOTE.match(line) or ATX.match(line))


def _is_title(lines, marked):
    first, *others = marked
    alone = all(each.level > first.level for each in others) and (others or first.level == 1)
    return alone and first.number is None and not any(line.strip() for line in lines[: first.first])


# --- Numbered ---------------------------------------------------------------------------------------------------------


def _numbered(lines, closed, *, run_in):
    for index, line in enumerate(lines):
        if index in closed or not line[:6].strip():
            continue
        text = without_bold(line)
        number = number_of(text)
        if number is None:
            continue
        after = text[number.end :]
        found = RUN_IN.match(after) if run_in else None
        if found and may_head(found["heading"]):
            yield Heading(index, index, number.depth, found["heading"], number, found["rest"])
        elif may_head(after):
            yield Heading(index, index, number.depth, after, number)


def may_head(text):
    text = text.strip()
    is_short = len(text) <= LONGEST and len(words(text)) <= MOST_WORDS
    ends = SENTENCE_END.search(text) or SENTENCE_INSIDE.search(text)
    return bool(is_short and not ends and LETTER.search(text))


def without_bold(line):
    """``line`` without the signs that make all of it, or its number, bold."""
    line = line.strip()
    return BOLD.sub("", line) if BOLD.search(line) and BOLD.match(line[:8].lstrip("0123456789०-९.() ")) else line


def without_marks(line):
    """The heading in ``line``, with its number and without its marks."""
    found = ATX.match(line)
    return without_bold(found[2] if found else line)


def _weighed(lines, found, *, run_in):
    """The headings with what each has for it (see the top of the module)."""
    weighed = []
    for place, each in enumerate(found):
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        neighbours = [pair for pair in ((before, each), (each, after)) if None not in pair and _is_list(lines, *pair)]
        if run_in:
            text = len(each.rest) + sum(map(len, lines[each.last + 1 : after.first if after else None]))
            weight = 2 if text >= LEAST_TEXT else -1
        elif neighbours:
            is_tight = any(one.last + 1 == other.first for one, other in neighbours)
            weight = -1 if is_tight else -0.5
        else:
            weight = 2 if _has_text(lines, each.last + 1, after.first if after else len(lines)) else 1
        weighed.append(replace(each, weight=weight))
    return weighed


def _is_list(lines, one, other):
    is_next = one.number.style == other.number.style and other.number.path == _next(one.number.path)
    return is_next and not _has_text(lines, one.last + 1, other.first)


def _next(path):
    return (*path[:-1], path[-1] + 1)


def _has_text(lines, first, end):
    return any(lines[index].strip() for index in range(first, end))


def _inside(found, series):
    """Headings like 1.1 under the sections of ``series``."""
    if not series or series[0].number.style.startswith("I"):
        return
    script, depth = series[0].number.style[0], series[0].number.depth
    starts = {each.number.path: each.first for each in series}
    for each in found:
        number = each.number
        is_deeper = number.depth > depth and number.style[0] == script and each.weight > -1
        if is_deeper and starts.get(number.path[:depth], each.first) < each.first:
            yield each
