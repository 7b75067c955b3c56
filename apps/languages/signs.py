"""Signs that nobody sees: which of them no text is kept with."""

import re

# What comes along with pasted text: signs of direction, and spaces without width. The joiners that Hindi needs are not
# among them.
HIDDEN = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# What XML can't hold (XML 1.0, 2.2), and so no workbook: control signs, halves of surrogate pairs, noncharacters.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Word writes the first where somebody breaks a line within a paragraph, and the second where a page ends.
BREAKS = {"\x0b": "\n", "\x0c": "\n"}


def without_controls(text):
    """``text`` with line breaks for what Word means by its control signs, and without the other ones."""
    return CONTROL.sub(lambda found: BREAKS.get(found.group(), ""), text) if CONTROL.search(text) else text


def one_line_ending(text):
    """``text`` with LF: browsers send CRLF, sheets LF, and a comparison of the two must find no change."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
