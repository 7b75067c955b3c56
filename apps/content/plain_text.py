"""A kept text as plainer things: its lines, and the words of its Markdown without targets and signs."""

import re

import regex

LINK = regex.compile(r"\[([^\]]*)\]\([^)]*\)")
# Blank lines with no sign after them are found, too, and kept: else each would be read once for every one before it.
SIGNS = regex.compile(r"\[\^[^\]]*\]:?|[*_`#>|]+|^\s*+[:-]+\s|(?P<kept>^\s++)", regex.MULTILINE)
# What stands in every text with signs and in few others, read faster: one of them, or colons and hyphens that a space
# or a line's end is on both sides of.
SIGN_TRACE = re.compile(r"[*_`#>|\[:-](?:(?<=[*_`#>|])|(?<=\[)\^|(?<!\S.)(?<=[:-])[:-]*+\s)")


def text_lines(text):
    """The lines of ``text`` in which something stands: key points and other names are kept one a line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def plain_text(markdown):
    """``[the meeting](event:lima)`` gives ``the meeting``; emphasis, tables, footnote marks lose their signs."""
    text = LINK.sub(r"\1", markdown) if "](" in markdown else markdown
    return SIGNS.sub(lambda found: found["kept"] or " ", text) if SIGN_TRACE.search(text) else text
