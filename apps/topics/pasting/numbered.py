"""Numbered lines: which of them may be headings, what each has for it, and which stand inside sections."""

from bisect import bisect_right
from dataclasses import replace
from itertools import groupby

import regex

from apps.topics.pasting.lines import Heading, has_text, may_head, stands_over_text, without_bold
from apps.topics.pasting.numbering import number_of
from apps.topics.pasting.series import series_from_one

RUN_IN = regex.compile(r"(?P<heading>[^:.।॥?!;]{2,80}?)\s*(?::-|:|—)\s+(?P<rest>\S.*)$", regex.DOTALL)
LEAST_TEXT = 200  # characters that stand under a heading that has no line of its own


def numbered_headings(lines, closed, *, run_in):
    """Every numbered line that may be a heading, with its weight (see :mod:`.headings`)."""
    return _weighed(lines, list(_numbered(lines, closed, run_in=run_in)), run_in=run_in)


def _numbered(lines, closed, *, run_in):
    for index, line in enumerate(lines):
        if index in closed or not line[:6].strip():
            continue
        text = without_bold(line)
        number = number_of(text)
        if number is None or not (number.is_sure or number.depth > 1 or _is_apart(lines, index, number, run_in)):
            continue
        after = text[number.end :]
        found = RUN_IN.match(after) if run_in else None
        if found and may_head(found["heading"]):
            yield Heading(index, index, number.depth, found["heading"], number, found["rest"], whole=text)
        elif may_head(after):
            yield Heading(index, index, number.depth, after, number, whole=text)
        elif number.family == "named" and not after.strip():
            yield _over_its_text(lines, index, text, number, closed)


def _is_apart(lines, index, number, run_in):
    is_known = number.family == "named" or (number.family == "roman" and number.written.isupper())
    return run_in or is_known or stands_over_text(lines, index)


def _over_its_text(lines, index, text, number, closed):
    """“Chapter 1”, with what it is called in the next line that is not empty, if that may be a heading."""
    after = next((each for each in range(index + 1, min(index + 3, len(lines))) if lines[each].strip()), None)
    if after is not None and after not in closed and may_head(lines[after]) and not number_of(lines[after]):
        name = without_bold(lines[after])
        return Heading(index, after, number.depth, name, number, whole=f"{text.strip()} {name}")
    return Heading(index, index, number.depth, text, replace(number, written=""), whole=text)


def _weighed(lines, found, *, run_in):
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
            weight = 2 if has_text(lines, each.last + 1, after.first if after else len(lines)) else 1
        weighed.append(replace(each, weight=weight))
    return weighed


def _is_list(lines, one, other):
    *whole, last = one.number.path
    is_next = one.number.style == other.number.style and other.number.path == (*whole, last + 1)
    return is_next and not has_text(lines, one.last + 1, other.first)


def inside(lines, found, series):
    """The headings under the sections ``series``: deeper numbers (1.1 under 1), and rows of others that begin anew
    (1, 2 under I; (a), (b) under 1) and have text under each.
    """
    starts, taken = [each.first for each in series], {each.first for each in series}
    rest = [each for each in found if each.first not in taken]
    for place, group in groupby(rest, key=lambda each: bisect_right(starts, each.first) - 1):
        if place >= 0:
            yield from _under(lines, series[place], list(group))


def _under(lines, section, found):
    deeper = list(_deeper(section, found))
    starts = [each.first for each in deeper]
    others = [each for each in found if each not in deeper and each.weight == 2 and _stands_out(lines, each)]
    rows = []
    for place, group in groupby(others, key=lambda each: bisect_right(starts, each.first)):
        level = (deeper[place - 1].level if place else section.level) + 1
        rows += [replace(each, level=level) for each in series_from_one(list(group))]
    return sorted([*deeper, *rows], key=lambda each: each.first)


def _stands_out(lines, heading):
    return heading.number.depth == 1 and stands_over_text(lines, heading.last)


def _deeper(section, found):
    """Those that go on from 1.1, in its order: “1.5 million” has no 1.4 before it."""
    whole, known = section.number.path if section.number else (), set()
    for each in found:
        *parent, last = path = each.number.path
        belongs = path[: len(whole)] == whole or each.weight > 0
        begins = last <= 1 or any((*parent, last - step) in known for step in (1, 2))
        if len(path) > max(len(whole), 1) and each.weight > -1 and belongs and begins:
            known.add(path)
            yield replace(each, level=section.level + len(path) - max(len(whole), 1))
