"""The header row of a sheet: which column of the declaration each place holds, however the editor calls it."""

from codecs import BOM_UTF8
from functools import cached_property

import regex
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from apps.languages.fields import language_codes, own_name, reading_order
from apps.languages.fold import fold, word_key
from apps.languages.graphemes import shorten
from apps.spreadsheets.refusals import Refused, nearest

# Of the unknown headings, how many are named each; one sentence counts the others.
MOST_NAMED = 10
# Less alike, and the nearest heading is no help: half the letters are right by chance.
LEAST_LIKENESS = 0.6
# Letters of a heading that are looked at: none is longer.
LONGEST = 200
# A byte order mark of UTF-8 as a program shows it that took the file for one of Windows, a Mac or DOS.
MISREAD_MARKS = tuple(BOM_UTF8.decode(encoding) for encoding in ("cp1252", "mac_roman", "cp437"))
# Who writes so writes machine names: titel_en, slug.
MACHINE_NAME = regex.compile(r"[a-z0-9]+|[A-Za-z0-9_]*_[A-Za-z0-9_]*")


def accepted_headings(labels):
    """``{name: ["title_hi", "शीर्षक [हिन्दी]", "Title [हिन्दी]", …]}`` for ``{name: label}``, labels being lazy texts.

    First the machine name, then the label as a sheet in the active language has it, then the label in the other
    languages of the interface; and where it ends with a language in itself, ``[हिन्दी]``, with that language's name in
    those languages too: ``Title [Hindi]``.
    """
    names = {own_name(code): [_language_name(code, other) for other in language_codes()] for code in language_codes()}
    found = {name: [name] for name in labels}
    for code in reading_order():
        with override(code):
            for name, label in labels.items():
                found[name] += _with_language_names(capfirst(str(label)), names)
    return {name: list(dict.fromkeys(headings)) for name, headings in found.items()}


def _with_language_names(heading, names):
    """``heading`` and, if it ends with ``[हिन्दी]``, the same with that language's name in the others."""
    field, bracket, language = heading.removesuffix("]").rpartition(" [")
    return [heading, *(f"{field} [{name}]" for name in names.get(language, ()) if bracket)]


def _language_name(code, language):
    with override(language):
        return str(dict(settings.LANGUAGES)[code])


def match_headings(headers, columns, keys, *, needed=True):
    """For each of ``headers`` the name of its column, None where nothing stands (see :func:`refuse_nameless`).

    ``columns``: what :func:`accepted_headings` gives, ``{name: [name, label, other headings…]}``. A heading is matched
    by its words, folded: case, spaces, brackets, colons, a byte order mark and the spelling of Hindi make no
    difference. ``keys``: the columns that a sheet must have, unless not ``needed``. Raises :class:`Refused` with a
    sentence for each problem, or one for all where no heading is known: then the first row is no header row.
    """
    if headers and _tidy(headers[0]).startswith(MISREAD_MARKS):
        raise Refused(
            _(
                "This file was opened in the wrong encoding and saved so, which damages the Hindi in it. Open the file "
                "that you had before as UTF-8, and save it as “CSV UTF-8”, or as .xlsx or .ods."
            )
        )
    row = HeaderRow([_tidy(header) for header in headers], columns)
    names = row.names
    if not any(row.meanings):
        raise Refused(row.no_headings(keys))
    missing = [row.missing(key) for key in keys if key not in names] if needed else []
    if problems := [*row.unknown(), *row.ambiguous(), *row.doubled(), *missing]:
        raise Refused(*problems)
    return names


def heading_of(headings, name):
    """The column ``name`` as the editor wrote it in the file; "" if it is not there. ``headings``: of one sheet, as a
    batch keeps them.
    """
    place = headings["places"].get(name)
    return headings["headers"][place] if place is not None else ""


def knows(headers, columns):
    """Whether each of ``headers`` that says something is one of ``columns``."""
    row = HeaderRow([_tidy(header) for header in headers], columns)
    return all(meanings for header, meanings in zip(row.headers, row.meanings, strict=True) if header)


def _tidy(header):
    """What is seen of ``header``: programs put a byte order mark before the first."""
    return header[:LONGEST].replace("\ufeff", "").strip() if fold(header[:LONGEST]) else ""


def refuse_nameless(names, cells):
    """Raises :class:`Refused` if ``cells``, a row, has something in a column without a heading. For each row: cheap."""
    if len(cells) <= len(names) and None not in names:
        return
    for place, cell in enumerate(cells):
        if (place >= len(names) or names[place] is None) and cell.strip():
            raise Refused(_("Column %(letter)s has no name in the first row.") % {"letter": letter(place)})


def letter(place):
    """What spreadsheet programs call a column: ``A`` for 0, ``AA`` for 26."""
    letters = ""
    while place >= 0:
        letters, place = chr(ord("A") + place % 26) + letters, place // 26 - 1
    return letters


class HeaderRow:
    """Headers beside the columns that they may mean, and what is wrong with them."""

    def __init__(self, headers, columns):
        self.headers = headers
        self.columns = {name: list(headings) for name, headings in columns.items()}

    @cached_property
    def meant(self):
        """``{words of a heading: names of the columns that it may mean}``; a machine name goes before any label."""
        found = {}
        for name, headings in self.columns.items():
            for heading in headings:
                meanings = found.setdefault(word_key(heading), [])
                if name not in meanings:
                    meanings.append(name)
        return found | {word_key(name): [name] for name in self.columns}

    @cached_property
    def meanings(self):
        """For each header the columns that it may mean: none for an unknown one, several for an ambiguous one."""
        return [self.meant.get(word_key(header), []) if header else [] for header in self.headers]

    @cached_property
    def names(self):
        return [meanings[0] if len(meanings) == 1 else None for meanings in self.meanings]

    def no_headings(self, keys):
        facts = {
            "names": ", ".join(f"“{self.label(name)}”" for name in list(dict.fromkeys([*keys, *self.columns]))[:3])
        }
        return _("The first row must hold the names of the columns, such as %(names)s. It has none of them.") % facts

    def unknown(self):
        wrong = [header for header, found in zip(self.headers, self.meanings, strict=True) if header and not found]
        for header in wrong[:MOST_NAMED]:
            sentence = _("There is no column “%(name)s” in this kind of sheet.") % {"name": shorten(header, 60)}
            guess = self.nearest(header)
            advice = _("The nearest is “%(guess)s”.") % {"guess": guess} if guess else _("Rename or delete it.")
            yield f"{sentence} {advice}"
        if more := len(wrong[MOST_NAMED:]):
            yield ngettext(
                "Nor is there %(count)s other column of the file.",
                "Nor are there %(count)s other columns of the file.",
                more,
            ) % {"count": more}

    def ambiguous(self):
        sentence = _("“%(heading)s” is the name of several columns here. Write one of these instead: %(names)s.")
        for header, found in zip(self.headers, self.meanings, strict=True):
            if len(found) > 1:
                yield sentence % {"heading": header, "names": ", ".join(found)}

    def doubled(self):
        first = {}
        sentence = _(
            "The column “%(name)s” is there twice. Columns %(first)s (“%(heading)s”) and %(second)s (“%(other)s”) both "
            "mean it. Keep one of them."
        )
        for place, name in enumerate(self.names):
            if not name or first.setdefault(name, place) == place:
                continue
            facts = {"name": self.in_style_of(self.headers[first[name]], name)}
            facts |= {"first": letter(first[name]), "heading": self.headers[first[name]]}
            yield sentence % (facts | {"second": letter(place), "other": self.headers[place]})

    def missing(self, name):
        facts = {"label": self.label(name), "name": name}
        return _("The column “%(label)s” (%(name)s) is missing: it says which record a row is about.") % facts

    def label(self, name):
        return next((heading for heading in self.columns[name] if heading != name), name)

    def in_style_of(self, header, name):
        return name if MACHINE_NAME.fullmatch(header) else self.label(name)

    def nearest(self, header):
        """The heading that was probably meant, in the style and language in which the editor writes; ``""`` if none is
        near.
        """
        guess = nearest(word_key(header), self.meant, LEAST_LIKENESS)
        if not guess:
            return ""
        name = self.meant[guess][0]
        if MACHINE_NAME.fullmatch(header) or guess == word_key(name):
            return self.in_style_of(header, name)
        return next(heading for heading in self.columns[name] if word_key(heading) == guess)
