"""A chosen file as text. What can't be read for sure is refused with a sentence: nothing is guessed."""

import regex
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.languages.signs import one_line_ending, without_controls

KILOBYTE = 1000
MOST_KILOBYTES = 500
ENDINGS = (".txt", ".md", ".markdown")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What .docx and .odt (both zip), .doc, .pdf and .rtf begin with, whatever they are called.
NO_TEXTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")
# Where a word may be divided, and where a line's end has divided it.
SOFT_HYPHEN = regex.compile(r"\u00ad(?:[ \t]*\n[ \t]*(?=[\p{Ll}\p{Lo}]))?")
OTHER_BREAKS = regex.compile("[\x85\u2028\u2029]")


def text_of(upload):
    """The text of an uploaded file in UTF-8, with ``\\n`` for line ends."""
    if not upload.name.lower().endswith(ENDINGS):
        raise ValidationError(_("Choose a file whose name ends in .txt or .md. From a word processor, paste the text."))
    check_size(upload.size)
    data = upload.read()
    if data.startswith(NO_TEXTS):
        raise ValidationError(
            _("This is no plain text, whatever its name. Open it in its own program, copy its text and paste it here.")
        )
    if data.startswith(UTF_16) or b"\0" in data:
        raise ValidationError(
            _("The file is not a text in UTF-8; it may be in UTF-16. Save it as “UTF-8” and choose it again.")
        )
    try:
        return tidy(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = _("The file is not in UTF-8: line %(line)s can't be read. Save it as “UTF-8” and choose it again.")
        raise ValidationError(sentence % {"line": line}) from error


def check_size(count):
    """``count`` is in bytes."""
    if count > MOST_KILOBYTES * KILOBYTE:
        words = {"size": -(-count // KILOBYTE), "most": MOST_KILOBYTES}
        raise ValidationError(
            _("The text has %(size)s kB; at most %(most)s kB can be taken. Make several notes of it.") % words
        )


def tidy(text):
    """``text`` with ``\\n`` for every sort of line end, and without what nobody sees and no file can hold."""
    text = without_controls(one_line_ending(text.removeprefix("\ufeff")))
    return SOFT_HYPHEN.sub("", OTHER_BREAKS.sub("\n", text))
