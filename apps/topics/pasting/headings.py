"""Which lines of a note are its headings.

A heading is marked as one (``## Heading``, or underlined with ``===`` or ``---``), or numbered, or one of the few words
that are always headings (“References”). A line that is short, in capitals, in bold or ends in a colon is none by that
alone.

A numbered line can be a heading or an item of a list. It is told by what stands around it:

- It is short enough, and no sentence ends in it or with it.
- Items of a list follow each other with nothing between; a heading has text under it.
- The headings are the series of numbers (1, 2, 3 …; one may be missing) that has the most for it, reckoned so: 2 for a
  line with text under it, 1 without, −½ for one in a list with blank lines between, −1 for one in a tight list. So the
  list 1, 2, 3 inside section 2 stays a list, though its numbers would fit.
- Where 1., 2. and 1.1, 1.2 stand together, the first are the sections, the others headings inside them. Where 1. stands
  alone over 1.1 and 1.2, it is the title.
- Letters, small Roman numbers and numbers without a mark (“1 Heading”) count only where the line stands by itself.

Where no line is a heading, it may stand before its text, ``1. Heading: text``, even in the middle of a line.
"""

from dataclasses import dataclass

import regex

from apps.topics.pasting.known import heads_sources, known_headings
from apps.topics.pasting.lines import Heading, has_text
from apps.topics.pasting.marked import marked_headings
from apps.topics.pasting.numbered import inside, numbered_headings
from apps.topics.pasting.numbering import PATH
from apps.topics.pasting.series import best_series

NEW_NUMBER = regex.compile(rf"(?<=[.।॥?!:”’\"']\s+)(?=\(?{PATH}[.)]\s*[^:.।॥?!;0-9][^:.।॥?!;]{{1,80}}:-?\s)")


@dataclass(frozen=True)
class Outline:
    """What was found: the note's ``title``, the headings of its ``sections``, and those ``inside`` sections."""

    title: Heading | None = None
    sections: tuple = ()
    inside: tuple = ()


def outline(lines, closed, *, run_in=False):
    """The :class:`Outline` of ``lines`` (texts). ``closed``: the indexes of those that are no headings. ``run_in``:
    look for headings before their text in the same line.
    """
    marked = marked_headings(lines, closed)
    closed = closed | _lines_of(marked)
    known = [] if run_in else list(known_headings(lines, closed))
    numbered = numbered_headings(lines, closed | _lines_of(known), run_in=run_in)
    numbered = _without_entries(numbered, [*marked, *known])
    series = best_series(numbered)
    title = marked[0] if marked and _is_title(lines, marked, series) else None
    marked = marked[1:] if title else marked
    is_marked = bool(marked) and not (len(series) > 1 and series[0].first < marked[0].first)
    if title is None and _is_over(lines, numbered, marked if is_marked else series):
        title = numbered[0]
    if is_marked:
        return _of_marked(title, marked, known)
    sections = sorted([*series, *_that_count(known, series)], key=lambda each: each.first)
    return Outline(title, tuple(sections), tuple(inside(lines, _after(numbered, title), sections)))


def apart(line):
    """``line`` cut before each number that seems to begin a heading in its middle."""
    return NEW_NUMBER.split(line) if ":" in line else [line]


def _of_marked(title, marked, known):
    top = min(each.level for each in marked)
    sections = [each for each in marked if each.level == top]
    sections += [each for each in known if heads_sources(each.text) and each.first > sections[0].first]
    sections.sort(key=lambda each: each.first)
    return Outline(title, tuple(sections), tuple(each for each in marked if each.level > top))


def _lines_of(found):
    return {index for each in found for index in range(each.first, each.last + 1)}


def _that_count(known, series):
    """A known heading counts beside others; only “References” counts alone."""
    return known if series or len(known) > 1 or any(heads_sources(each.text) for each in known) else []


def _without_entries(numbered, others):
    """The numbered lines without those under “References” that begin with 1 again."""
    heads = [each.first for each in [*others, *numbered] if heads_sources(each.text)]
    entries = [each for each in numbered if heads and each.first > max(heads)]
    if entries and entries[0].number.path[-1] == 1:
        return [each for each in numbered if each.first <= max(heads)]
    return numbered


def _is_title(lines, marked, series):
    first, *others = marked
    if has_text(lines, 0, first.first) or any(each.level <= first.level for each in others):
        return False
    is_highest = lines[first.first].startswith("# ") or lines[first.last].startswith("=")
    return bool(others) or (first.number is None and (is_highest or (len(series) > 1 and series[0].first > first.last)))


def _is_over(lines, numbered, sections):
    """Whether the first line is the number and the title of a chapter: what follows are its sections."""
    if not numbered or has_text(lines, 0, numbered[0].first) or numbered[0] in sections:
        return False
    first = numbered[0].number
    if first.family == "named":
        return True
    paths = [each.number.path[:-1] if each.number else () for each in sections]
    is_around = len(paths) > 1 and all(path == first.path for path in paths)
    return is_around or (bool(sections) and first.is_sure and numbered[0].weight > 0)


def _after(numbered, title):
    return [each for each in numbered if title is None or each.first > title.last]
