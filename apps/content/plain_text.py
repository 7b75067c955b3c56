"""A kept text as plainer things: its lines, and the words of its Markdown without targets and signs."""

import regex

LINK = regex.compile(r"\[([^\]]*)\]\([^)]*\)")
SIGNS = regex.compile(r"\[\^[^\]]*\]:?|[*_`#>|]+|^\s*[:-]+\s", regex.MULTILINE)


def text_lines(text):
    """The lines of ``text`` in which something stands: key points and other names are kept one a line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def plain_text(markdown):
    """``[the meeting](event:lima)`` gives ``the meeting``; emphasis, tables, footnote marks lose their signs."""
    return SIGNS.sub(" ", LINK.sub(r"\1", markdown))
