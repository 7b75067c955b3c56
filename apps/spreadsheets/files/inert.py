"""Text that a spreadsheet program would run as a formula: inert in a CSV on the way out, itself again on the way in."""

import re

# What Excel and LibreOffice take for a formula, also in full-width letters, after apostrophes of ours and of the text.
# A byte order mark before it counts for nothing: programs drop it.
FORMULA = re.compile(r"'*(?:[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")
PREFIX = "'"


def looks_like_formula(text):
    return FORMULA.match(text) is not None


def inert(text):
    """``'=1+1`` for ``=1+1``; anything else as it is."""
    return PREFIX + text if looks_like_formula(text) else text


def awakened(text):
    """``text`` as it was before :func:`inert`."""
    return text[1:] if text.startswith(PREFIX) and looks_like_formula(text) else text
