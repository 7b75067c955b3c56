"""What notes can link to, by address and by name; and the version of everything that readers see."""

import hashlib
import threading
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex
from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, F, Max, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import override

from apps.content.plain_text import text_lines
from apps.languages.fields import column, language_codes, plain_rows
from apps.languages.fold import word_key

# So long a thread believes what it read: under load one query a second, and an editor's change shows within one.
HOLD_SECONDS = 1
# Shorter names are acronyms (AU, G-15): those are matched in their own case only.
LONG_NAME = 7

_held = threading.local()


@dataclass(frozen=True)
class Vocabulary:
    """``entries``: (kind, slug, names), ``kind`` a model's name as in ``event:lusaka-conference-1970``,
    ``names`` a tuple for each language, in the order of ``settings.LANGUAGES``. ``version``: another text as soon as
    anything that readers see is another."""

    entries: tuple
    version: str

    @cached_property
    def digest(self):
        return _digest(self.entries)

    @cached_property
    def references(self):
        return {f"{kind}:{slug}" for kind, slug, _names in self.entries}

    @cached_property
    def called(self):
        """``{word key of a name: every name of the records so called}``: ``G-77`` leads to all of the Group of 77."""
        found = {}
        for _kind, _slug, names in self.entries:
            own = [name for language in names for name in language]
            for key in dict.fromkeys(map(word_key, own)):
                found.setdefault(key, []).extend(own)
        return found

    def names(self, language):
        """``{name: reference}`` for one language; the other language's names are linked too where a text uses them."""
        order = sorted(range(len(language_codes())), key=lambda place: language_codes()[place] == language)
        return {
            name: f"{kind}:{slug}" for place in order for kind, slug, names in self.entries for name in names[place]
        }


def models_by_reference():
    """``{"event": Event, …}``: the word before the colon in a reference, for every kind of public record."""
    return {model.reference_kind: model for model in apps.get_models() if hasattr(model, "reference_kind")}


def vocabulary():
    """The :class:`Vocabulary` of now, in one query; each thread asks at most once in :data:`HOLD_SECONDS`."""
    now = time.monotonic()
    if getattr(_held, "until", 0) < now:
        _held.known, _held.until = _read(), now + HOLD_SECONDS
    return _held.known


def forget():
    """Something that readers see changed: this thread reads it again at once, and after the commit once more."""
    read_again()
    transaction.on_commit(read_again)


def read_again():
    _held.until = 0


@lru_cache(maxsize=1024)
def path_of(reference, language):
    """The address of ``event:bandung-conference`` in ``language``; ``None`` for a kind that does not exist."""
    kind, _colon, slug = reference.partition(":")
    model = models_by_reference().get(kind)
    if model is None:
        return None
    with override(language):
        return model(slug=slug).get_absolute_url()


@lru_cache(maxsize=8)
def name_pattern(names):
    """A pattern that finds each of ``names`` (a tuple) as a whole word, the longest first; Hindi marks count
    as letters.
    """
    if not names:
        return None
    longest_first = sorted(names, key=len, reverse=True)
    alternatives = [
        f"(?i:{regex.escape(name)})" if len(name) >= LONG_NAME else regex.escape(name) for name in longest_first
    ]
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{'|'.join(alternatives)})(?![\p{{L}}\p{{M}}\p{{N}}])")


def _read():
    """One query: a row for each public record with a name of its own, and one that sums up each other kind of row.

    A kind takes part if its model names, in ``changed_field``, the time of a row's last change; its queryset says by
    ``shown()`` which rows readers get to see.
    """
    named = models_by_reference()
    kinds = [model for model in apps.get_models() if hasattr(model, "changed_field")]
    selects = [_named_rows(kind, model) for kind, model in named.items()]
    selects += [_summary(model) for model in kinds if model not in named.values()]
    rows = sorted(map(tuple, selects[0].union(*selects[1:], all=True)), key=lambda row: row[:2])
    entries = (
        (kind, slug, tuple(tuple(text_lines(text)) for text in names))
        for kind, slug, _changed, *names in rows
        if kind in named
    )
    return Vocabulary(tuple(entries), _digest(rows))


def _named_rows(kind, model):
    names = {f"names_{code}": _joined(model, code) for code in language_codes()}
    return (
        plain_rows(model.objects.shown())
        .order_by()
        .annotate(
            linked_kind=_text(kind),
            linked_slug=Cast("slug", models.TextField()),
            changed=F(model.changed_field),
            **names,
        )
        .values_list("linked_kind", "linked_slug", "changed", *names)
    )


def _summary(model):
    names = {f"names_{code}": _text("") for code in language_codes()}
    return (
        plain_rows(model.objects.shown())
        .order_by()
        .annotate(linked_kind=_text(model._meta.label))
        .values("linked_kind")
        .annotate(linked_slug=Cast(Count("pk"), models.TextField()), changed=Max(model.changed_field), **names)
        .values_list("linked_kind", "linked_slug", "changed", *names)
    )


def _text(value):
    return Value(value, output_field=models.TextField())


def _digest(rows):
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def _joined(model, language):
    empty = _text("")
    parts = [empty, empty]
    for name in model.name_fields:
        parts += [Coalesce(column(name, language), empty, output_field=models.TextField()), Value("\n")]
    return Concat(*parts, output_field=models.TextField())
