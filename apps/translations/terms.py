"""The names that a text uses and the portal knows: what each is called in the other language, and where it is kept."""

from dataclasses import dataclass
from itertools import pairwise

import regex
from django.urls import NoReverseMatch, reverse

from apps.content.models import name_columns
from apps.content.plain_text import text_lines
from apps.content.vocabulary import LONG_NAME, models_by_reference, path_of
from apps.languages.fields import column, columns, translated_fields
from apps.languages.fold import LETTER_MEETS_DIGIT, fold
from apps.translations.findings import blanked

WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u200c\u200d]+")
LINK = regex.compile(r"\[([^\[\]\n]*+)\]\(([a-z]+:[a-z0-9-]+)\)")
LINK_TARGET = regex.compile(r"(?<=\])\([^)\s]{0,500}+\)")
# What may stand inside a name (G-77, Non-Aligned, U.N.); anything else ends it.
INSIDE_A_NAME = regex.compile(r"[\s\p{Pd}.'’]*")


@dataclass(frozen=True)
class Term:
    """``pk`` of the record, ``written`` as the text has it, ``kind`` what it is ("glossary term"), ``names`` in the
    other language, the usual one first; ``admin_path`` may be ``""``.
    """

    pk: object
    written: str
    kind: str
    names: tuple
    path: str
    admin_path: str


@dataclass(frozen=True)
class _Word:
    key: str
    text: str
    start: int
    end: int


def terms_in(text, language, other):
    """The :class:`Term` rows for ``text`` (in ``language``), in its order, each record once; names in ``other``."""
    return Known(language, other).terms_in(text)


class Known:
    """The names of every public record in two languages: read once, asked for many texts."""

    def __init__(self, language, other):
        self.language, self.other = language, other
        # {reference: record}, and {first word: [(words, record), …]}, the longest name first.
        self.records, self.names = {}, {}
        for model in models_by_reference().values():
            if not model.search_through:  # a text of its own, a note, is no term
                self.learn(model)
        for names in self.names.values():
            names.sort(key=lambda name: len(name[0]), reverse=True)

    def learn(self, model):
        for row in model.objects.shown().order_by("slug").values("pk", "slug", *_naming_columns(model)):
            self.records[f"{model.reference_kind}:{row['slug']}"] = (model, row)
            for words in map(_words, _names(model, row, self.language)):
                if words:
                    self.names.setdefault(words[0].key, []).append((words, (model, row)))

    def terms_in(self, text):
        found = [*self.linked(text), *self.named(blanked(text, LINK_TARGET))]
        once = {}
        for _start, written, record in sorted(found, key=lambda each: each[0]):
            once.setdefault(record[1]["pk"], (written, record))
        return [self.term(*each) for each in once.values()]

    def linked(self, text):
        """``[(start, words, record), …]``: ``[these countries](term:least-developed-country)`` says what it means."""
        links = [(match.start(1), match[1], self.records.get(match[2])) for match in LINK.finditer(text)]
        return [each for each in links if each[2]]

    def named(self, text):
        """The same for the names, the longest at each place, in any spelling that folding evens out."""
        words, place = _words(text), 0
        while place < len(words):
            named_so = self.names.get(words[place].key, [])
            known = next((each for each in named_so if _is(each[0], text, words[place : place + len(each[0])])), None)
            if known:
                last = words[place + len(known[0]) - 1]
                yield words[place].start, text[words[place].start : last.end], known[1]
            place += len(known[0]) if known else 1

    def term(self, written, record):
        model, row = record
        return Term(
            pk=row["pk"],
            written=" ".join(written.split()),
            kind=str(model._meta.verbose_name),
            names=tuple(dict.fromkeys(_names(model, row, self.other))),
            path=path_of(f"{model.reference_kind}:{row['slug']}", self.other),
            admin_path=_admin_path(model, row["pk"]),
        )


def _naming_columns(model):
    acronym = columns("acronym") if "acronym" in translated_fields(model) else []
    return list(dict.fromkeys([*name_columns(model), *acronym]))


def _names(model, row, language):
    """Each name of a row in one language: its label first, then the others and the acronym."""
    own = [name for name in _naming_columns(model) if name == column(name.rpartition("_")[0], language)]
    return [line for name in own for line in text_lines(row[name])]


def _words(text):
    """The folded words of ``text``; ``G-77`` and ``G77`` are two words each, as in every comparison of the portal."""
    found = []
    for match in WORD.finditer(text):
        start = match.start()
        for part in LETTER_MEETS_DIGIT.sub(" ", match.group()).split(" "):
            found.append(_Word(fold(part), part, start, start + len(part)))
            start += len(part)
    return found


def _is(name, text, words):
    """Whether ``words`` are ``name``: folded, an acronym (AU, WHO) in its own case only."""
    if [word.key for word in name] != [word.key for word in words]:
        return False
    if not all(INSIDE_A_NAME.fullmatch(text, one.end, other.start) for one, other in pairwise(words)):
        return False
    own = "".join(word.text for word in name)
    is_acronym = own.isupper() and len(own) < LONG_NAME
    return not is_acronym or own == "".join(word.text for word in words)


def _admin_path(model, pk):
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
    except NoReverseMatch:
        return ""
