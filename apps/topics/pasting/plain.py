"""Plain text as Markdown that reads the same: what would become a heading or emphasis by accident is escaped, and as
little as that takes. Lists and tables become those of Markdown. Text that is Markdown already stays as it is.
"""

import functools
from itertools import pairwise

import regex

from apps.content.text import parser
from apps.topics.pasting.lines import LONG_LINE
from apps.topics.pasting.lists import Block, item_of
from apps.topics.pasting.numbering import number_of
from apps.topics.pasting.tables import lines_of, tables

MARKDOWN = regex.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}={3,}[ \t]*$|^ {0,3}(?:```|~~~)"
    r"|\*\*[^*\n]+\*\*|\]\([^()\s]+\)|^\|?[ :-]*-{3,}[ :-]*\|",
    regex.MULTILINE,
)
# What begins a block: a list, a heading, a quotation, a rule, code, a definition.
AT_START = regex.compile(
    r"(?P<number>[0-9]{1,9})(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|\#{1,6}(?:\s|$)|>|=+\s*$|-{2,}\s*$|~|:|\||`|(?:[*_-]\s*){3,}$)"
)
SIGNS = regex.compile(r"(?=[\\`*_\[\]<>&~|^])")
ALL_SIGNS = regex.compile(r"(?=[!-/:-@\[-`{-~])")
IN_PARAGRAPH = {"text", "text_special", "softbreak"}
LIST_TOKENS = {f"{name}_{end}" for name in ("bullet_list", "ordered_list", "list_item") for end in ("open", "close")}
LIST_TOKENS |= {"paragraph_open", "paragraph_close", "inline"}
TABLE_TOKENS = {f"{name}_{end}" for name in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")}
TABLE_TOKENS |= {"inline"}
ENDED = regex.compile(r"[.।॥?!:;][\"'”’)\]]*$")
# Nobody breaks lines so early because they are full.
SHORT_LINE = 30
# No list of a paragraph's items is so long that it begins after this.
LONGEST_LIST = 99
# A longer paragraph is not tried out: its signs are all escaped.
TRIED = 20_000


def is_markdown(text):
    """Whether somebody wrote ``text`` as Markdown. Lists alone don't say so: everybody writes them like that."""
    return bool(MARKDOWN.search(text))


def as_markdown(lines):
    """The ``lines`` of a plain text as Markdown."""
    return "\n\n".join(_table(block) if block.table else _written(block) for block in blocks(lines))


def blocks(lines):
    """Paragraphs, lists and tables, as :class:`.lists.Block`. A line that was only broken because it was full goes on
    in the next; so does an item of a list in a line that is indented. Empty lines end paragraphs, not lists.
    """
    full = _full_line([line.strip() for line in lines])
    begins = {table.first: table for table in tables(lines)}
    rows = lines_of(begins.values())
    found, is_open = [], False
    for index, line in enumerate(lines):
        is_filled = bool(line.strip()) and index not in rows
        if index in begins:
            found.append(Block.of_table(begins[index], lines))
        elif is_filled and is_open and _goes_on(found[-1], line, full):
            found[-1].go_on(line)
        elif is_filled and not (found and found[-1].takes(line)):
            found.append(Block(line))
        is_open = is_filled
    return found


def _full_line(lines):
    """How long a line is when it is full; 0 where lines are not broken by hand, as most end with their sentence."""
    longest = max(map(len, lines), default=0)
    followed = [line for line, following in pairwise(lines) if line and following]
    broken = sum(not ENDED.search(line) for line in followed)
    return longest if SHORT_LINE < longest <= LONG_LINE and 2 * broken > len(followed) else 0


def _goes_on(block, line, full):
    number, item = number_of(line), item_of(line)
    if not _is_amount(item, block) and (item or (number and not number.is_bare)):
        return False
    if block.open and line[0].isspace() and not block[0][0].isspace():
        return True
    before = block[-1].strip()
    return bool(full) and len(before) + 1 + len(line.split(maxsplit=1)[0]) > full


def _is_amount(item, block):
    """Whether it is a year or an amount at the end of a sentence, which the line was broken before: “… in / 1964.”"""
    return bool(item and item.number and item.number > LONGEST_LIST and not block.open)


def _written(block):
    """The lines of ``block`` with as few escapes as let it read the same."""
    leads, texts = block.leads, block.texts
    if not block.is_list:
        leads, texts = [""] * len(block), [line.strip() for line in block]
    plain = not any(map(SIGNS.search, texts))
    ways = [None] if plain else [None, SIGNS, ALL_SIGNS] if sum(map(len, texts)) < TRIED else [SIGNS]
    for signs in ways:
        written = "\n".join(lead + _at_start(text, signs) for lead, text in zip(leads, texts, strict=True))
        if plain or len(written) >= TRIED or _reads_as(written, texts, LIST_TOKENS if block.is_list else ()):
            break
    return written


def _table(block):
    """The table in Markdown, with as few escapes in its cells as let it read the same."""
    texts = [cell for row in block.table.rows for cell in row]
    ways = [None, SIGNS, ALL_SIGNS] if sum(map(len, texts)) < TRIED else [SIGNS]
    for signs in ways:
        written = block.table.written(functools.partial(signs.sub, r"\\")) if signs else block.table.written()
        if len(written) >= TRIED or _reads_as(written, texts, TABLE_TOKENS):
            break
    return written


def _at_start(line, signs=None):
    """``line``, escaped where it would begin something else than a line of text."""
    escaped = signs.sub(r"\\", line) if signs else line
    found = AT_START.match(escaped)
    if not found:
        return escaped
    return escaped[: found.end()] + "\\" + escaped[found.end() :]


def reads_as_it_stands(text):
    """Whether ``text``, taken as Markdown, is one paragraph that reads the same."""
    return _reads_as(text, [text])


def _reads_as(written, texts, allowed=()):
    """Whether ``written`` is of the ``allowed`` tokens (none: one paragraph) and reads as ``texts`` do."""
    # After another paragraph, since “: so” becomes a definition there.
    tokens = _parser().parse("x\n\n" + written)[3:]
    kinds = [token.type for token in tokens]
    fits = set(kinds) <= allowed if allowed else kinds == ["paragraph_open", "inline", "paragraph_close"]
    children = [child for token in tokens for child in token.children or ()]
    if not fits or any(child.type not in IN_PARAGRAPH for child in children):
        return False
    read = "".join(child.content for child in children)
    return "".join(read.split()) == "".join("".join(texts).split())


@functools.cache
def _parser():
    # Not linked: what a link shows may be spelt otherwise. Without "linkify" nothing in it remembers a text.
    return parser().disable("linkify")
