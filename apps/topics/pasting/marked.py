"""The headings that are marked as such: ``## Heading``, or underlined with ``===`` or ``---``."""

from dataclasses import replace

import regex

from apps.topics.pasting.lines import ATX, BULLET, LETTER, QUOTE, Heading, atx_heading, may_head, without_bold
from apps.topics.pasting.numbering import number_of

UNDERLINE = regex.compile(r" {0,3}(?:(=)=+|-{3,})[ \t]*$")


def marked_headings(lines, closed):
    """The headings of ``lines`` that are marked, without those in the lines ``closed``."""
    return _by_numbers_too(_with_sure_numbers(list(_marked(lines, closed))))


def _marked(lines, closed):
    for index, line in enumerate(lines):
        if index in closed:
            continue
        if found := atx_heading(line):
            yield from _heading(index, index, *found)
        elif (found := UNDERLINE.match(line)) and _is_underlined(lines, index, closed):
            yield from _heading(index - 1, index, 1 if found[1] else 2, lines[index - 1])


def _heading(first, last, level, line):
    text = without_bold(line)
    number = number_of(text)
    if number and LETTER.search(text, number.end):
        yield Heading(first, last, level, text[number.end :], number, whole=text)
    elif LETTER.search(text):
        yield Heading(first, last, level, text, whole=text)


def _is_underlined(lines, index, closed):
    """Whether the line before is one line of text, and not the end of a paragraph with a rule under it."""
    if index == 0 or index - 1 in closed or (index > 1 and lines[index - 2].strip()):
        return False
    line = lines[index - 1]
    return may_head(line) and not (BULLET.match(line) or QUOTE.match(line) or ATX.match(line))


def _with_sure_numbers(found):
    """A number that nothing marks (“1.5 million”) is one if another number stands near that goes with it."""
    known = {(each.number.style, each.number.path) for each in found if each.number}
    paths = {path for _style, path in known}

    def is_number(number):
        *whole, last = number.path
        beside = {(number.style, (*whole, last + step)) for step in (-1, 1)}
        around = {number.path[:-1], (*number.path, 1)} - {()}
        return number.is_sure or bool(beside & known or around & paths)

    return [
        each if not each.number or is_number(each.number) else replace(each, text=each.whole, number=None)
        for each in found
    ]


def _by_numbers_too(found):
    """The headings with levels that tell 1.1 from 1 where both have the same marks."""
    shallowest = {}
    for each in found:
        if each.number:
            shallowest[each.level] = min(each.number.depth, shallowest.get(each.level, each.number.depth))
    ranks = [(each.level, each.number.depth - shallowest[each.level] if each.number else 0) for each in found]
    levels = {rank: place for place, rank in enumerate(sorted(set(ranks)), start=1)}
    return [replace(each, level=levels[rank]) for each, rank in zip(found, ranks, strict=True)]
