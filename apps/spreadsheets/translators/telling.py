"""Between which languages a translator's sheet is: what its header row says."""

from itertools import permutations

from django.utils.translation import gettext as _

from apps.languages.fields import language_codes
from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.headings import LONGEST, HeaderRow, accepted_headings
from apps.spreadsheets.kinds import translators_name
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.translators.columns import language_name, source_label, source_name, target_label, target_name


def pairs_of(user):
    """``[("en", "hi"), …]``: from which language into which ``user`` may bring translations."""
    return [pair for pair in permutations(language_codes(), 2) if bringing_of(user, translators_name(*pair))]


def in_words(pair):
    source, target = map(language_name, pair)
    return _("From %(source)s into %(target)s") % {"source": source, "target": target}


def pair_told(kind, data, pairs):
    """The one of ``pairs`` that a file of ``kind`` (``data``, bytes) is between; the first where it does not say.

    Raises :class:`Refused` for a sheet between languages that are none of ``pairs``, and for what is no sheet.
    """
    names = _names(kind, data)
    found = [
        pair
        for pair in permutations(language_codes(), 2)
        if _fits(names, source_name, pair[0]) and _fits(names, target_name, pair[1])
    ]
    known = [pair for pair in pairs if pair in found]
    if found and not known:
        sentence = _("This is a sheet “%(languages)s”, which you may not bring. You may bring: %(pairs)s.")
        facts = {"languages": in_words(found[0]), "pairs": "; ".join(map(in_words, pairs))}
        raise Refused(sentence % facts)
    return (known or pairs)[0]


def _fits(names, name_in, language):
    """Whether a column of that kind is in ``language``, or none is there at all."""
    return name_in(language) in names or not any(name_in(code) in names for code in language_codes())


def _names(kind, data):
    """The columns with texts that the first row names: ``{"source_en", "target_hi"}``."""
    labels = {source_name(code): source_label(code) for code in language_codes()}
    labels |= {target_name(code): target_label(code) for code in language_codes()}
    sheets = read_sheets(kind, data)
    try:
        _title, rows = next(sheets, ("", iter(())))
        _number, headers = next(rows, (1, []))
        tidy = [header[:LONGEST].replace("\ufeff", "").strip() for header in headers]
        return set(HeaderRow(tidy, accepted_headings(labels)).names) - {None}
    finally:
        sheets.close()
