"""Markdown as the words a reader reads, for search: no link targets, no signs."""

import regex

LINK = regex.compile(r"\[([^\]]*)\]\([^)]*\)")
SIGNS = regex.compile(r"\[\^[^\]]*\]:?|[*_`#>|]+|^\s*[:-]+\s", regex.MULTILINE)


def plain_text(markdown):
    """``[the meeting](event:lima)`` gives ``the meeting``; emphasis, tables, footnote marks lose their signs."""
    return SIGNS.sub(" ", LINK.sub(r"\1", markdown))
