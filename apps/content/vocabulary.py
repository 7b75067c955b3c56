"""What notes can link to: the address of every public record, and the names under which texts speak of it."""

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import override

from apps.languages.fields import column, language_codes

CACHE_KEY = "vocabulary"
# Another process's cache can't be told of a change here; a minute is what a new name may wait to become a link.
CACHE_SECONDS = 60
# Shorter names are acronyms (AU, G-15): those are matched in their own case only.
LONG_NAME = 7


@dataclass(frozen=True)
class Vocabulary:
    """``entries``: (kind, slug, names), ``kind`` a model's name as in ``event:lusaka-conference-1970``,
    ``names`` a tuple for each language, in the order of ``settings.LANGUAGES``."""

    entries: tuple

    @cached_property
    def digest(self):
        return hashlib.sha256(repr(self.entries).encode()).hexdigest()[:16]

    @cached_property
    def references(self):
        return {f"{kind}:{slug}" for kind, slug, _names in self.entries}

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
    """The :class:`Vocabulary` of now: one query, at most once a minute and process."""
    known = cache.get(CACHE_KEY)
    if known is None:
        known = Vocabulary(_entries())
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known


def forget():
    """A record changed: read the names again, once the change is committed."""
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))


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


def _entries():
    union = None
    for kind, model in models_by_reference().items():
        rows = (
            model.objects.published()
            .order_by()
            .annotate(
                linked_kind=Value(kind, output_field=models.TextField()),
                linked_slug=models.functions.Cast("slug", models.TextField()),
                **{f"names_{code}": _joined(model, code) for code in language_codes()},
            )
            .values_list("linked_kind", "linked_slug", *(f"names_{code}" for code in language_codes()))
        )
        union = rows if union is None else union.union(rows, all=True)
    if union is None:
        return ()
    return tuple(sorted((kind, slug, tuple(tuple(_lines(text)) for text in names)) for kind, slug, *names in union))


def _joined(model, language):
    empty = Value("", output_field=models.TextField())
    parts = [empty, empty]
    for name in model.name_fields:
        parts += [Coalesce(column(name, language), empty, output_field=models.TextField()), Value("\n")]
    return Concat(*parts, output_field=models.TextField())


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
