"""Plain text as Markdown that reads the same: what would become a list, a heading or emphasis by accident is escaped,
and as little as that takes. Text that is Markdown already stays as it is.
"""

import functools
from itertools import pairwise

import regex

from apps.content.text import parser

MARKDOWN = regex.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}={3,}[ \t]*$|^ {0,3}(?:```|~~~)"
    r"|\*\*[^*\n]+\*\*|\]\([^()\s]+\)|^\|?[ :-]*-{3,}[ :-]*\|",
    regex.MULTILINE,
)
ITEM = regex.compile(r"(?P<bullet>[-*+])[ \t]+\S|(?P<number>\d{1,9})(?P<mark>[.)])[ \t]+\S")
# What begins a block: a list, a heading, a quotation, a rule, code, a definition.
AT_START = regex.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|\#{1,6}(?:\s|$)|>|=+\s*$|-{2,}\s*$|~|:|\||`|(?:[*_-]\s*){3,}$)"
)
SIGNS = regex.compile(r"(?=[\\`*_\[\]<>&~|^])")
ALL_SIGNS = regex.compile(r"(?=[!-/:-@\[-`{-~])")
IN_PARAGRAPH = {"text", "text_special", "softbreak"}
LIST_TOKENS = {f"{name}_{end}" for name in ("bullet_list", "ordered_list", "list_item") for end in ("open", "close")}
ENDED = regex.compile(r"[.।॥?!:;][\"'”’)\]]*$")
# Longer lines are not broken by hand: each is a paragraph.
LONG_LINE = 120
# A longer paragraph is not tried out: its signs are all escaped.
TRIED = 20_000


def is_markdown(text):
    """Whether somebody wrote ``text`` as Markdown. Lists alone don't say so: everybody writes them like that."""
    return bool(MARKDOWN.search(text))


def as_markdown(lines):
    """The ``lines`` of a plain text as Markdown."""
    return "\n\n".join(_written(block) for block in blocks(lines))


def blocks(lines):
    """Paragraphs and lists: lists of lines. A line that was only broken because it was full goes on in the next."""
    lines = [line.strip() for line in lines]
    full = _full_line(lines)
    found = [[]]
    for line in lines:
        before = found[-1]
        if not line:
            found.append([])
        elif before and not (_goes_on(before[-1], line, full) or _is_next_item(before[-1], line)):
            found.append([line])
        else:
            before.append(line)
    return [block for block in found if block]


def _full_line(lines):
    """How long a line is when it is full; 0 where lines are not broken by hand, as most end with their sentence."""
    longest = max(map(len, lines), default=0)
    followed = [line for line, following in pairwise(lines) if line and following]
    broken = sum(not ENDED.search(line) for line in followed)
    return longest if longest <= LONG_LINE and 2 * broken > len(followed) else 0


def _goes_on(before, line, full):
    if not full or ITEM.match(line) or ITEM.match(before):
        return False
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) > full


def _is_next_item(before, line):
    one, other = ITEM.match(before), ITEM.match(line)
    if not one or not other:
        return False
    if one["bullet"] or other["bullet"]:
        return one["bullet"] == other["bullet"]
    return one["mark"] == other["mark"] and int(other["number"]) == int(one["number"]) + 1


def _written(block):
    """The lines of ``block`` with as few escapes as let it read the same."""
    is_list = len(block) > 1 and all(map(ITEM.match, block[:2]))
    shape = _item if is_list else _at_start
    if not any(map(SIGNS.search, block)):
        return "\n".join(shape(line) for line in block)
    ways = [shape, functools.partial(shape, signs=SIGNS), functools.partial(shape, signs=ALL_SIGNS)]
    for way in ways if sum(map(len, block)) < TRIED else ways[1:2]:
        written = "\n".join(map(way, block))
        if len(written) >= TRIED or _reads_as(written, block, is_list=is_list):
            break
    return written


def _at_start(line, signs=None):
    """``line``, escaped where it would begin something else than a line of text."""
    escaped = signs.sub(r"\\", line) if signs else line
    found = AT_START.match(escaped)
    if not found:
        return escaped
    return escaped[: found.end()] + "\\" + escaped[found.end() :]


def _item(line, signs=None):
    start = ITEM.match(line).end() - 1
    return line[:start] + _at_start(line[start:], signs)


def reads_as_it_stands(text):
    """Whether ``text``, taken as Markdown, is one paragraph that reads the same."""
    return _reads_as(text, [text], is_list=False)


def _reads_as(written, block, *, is_list):
    # After another paragraph, since “: so” becomes a definition there.
    tokens = _parser().parse("x\n\n" + written)[3:]
    expected = LIST_TOKENS | {"paragraph_open", "paragraph_close", "inline"} if is_list else None
    kinds = [token.type for token in tokens]
    fits = set(kinds) <= expected if is_list else kinds == ["paragraph_open", "inline", "paragraph_close"]
    children = [child for token in tokens for child in token.children or ()]
    if not fits or any(child.type not in IN_PARAGRAPH for child in children):
        return False
    read = "".join(child.content for child in children)
    wanted = "".join(line[ITEM.match(line).end() - 1 :] if is_list else line for line in block)
    return "".join(read.split()) == "".join(wanted.split())


@functools.cache
def _parser():
    # Not linked: what a link shows may be spelt otherwise. Without "linkify" nothing in it remembers a text.
    return parser().disable("linkify")
