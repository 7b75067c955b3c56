"""Search over every public record, both languages at once: the one interface behind the search page.

:func:`search` is what the rest of the portal knows. The plain engine below asks the database for folded substrings;
a full-text engine takes its place by answering the same two questions, :meth:`~PlainEngine.find` and
:meth:`~PlainEngine.load`.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast

from apps.content.models import content_models
from apps.content.plain_text import plain_text
from apps.languages.fields import column, columns, language_codes, plain_rows, reading, reading_order, translated_fields
from apps.languages.fold import fold
from apps.search.snippets import Snippet, snippet

# Longer queries are cut here: nobody types them, and each word costs the database a scan.
MOST_WORDS = 8


@dataclass(frozen=True)
class Found:
    """A matching record before it is loaded: its model's label, its id, and whether its own name matched."""

    label: str
    pk: object
    named: bool


@dataclass(frozen=True)
class Hit:
    """One result as the reader sees it, in the ``language`` in which the words were found."""

    record: models.Model
    language: str
    title: str
    address: str
    snippet: Snippet


def query_words(query):
    """The folded words of ``query``, at most :data:`MOST_WORDS`; empty where there is nothing to look for."""
    return [word for word in fold(query).split() if any(sign.isalnum() for sign in word)][:MOST_WORDS]


class PlainEngine:
    def find(self, query):
        """Every :class:`Found` for ``query``, named ones first. One query, whatever the number of kinds."""
        words = query_words(query)
        if not words:
            return []
        union = None
        for model in content_models():
            labels = [Cast(name, models.TextField()) for name in columns(model.label_field)]
            rows = (
                plain_rows(model.objects.published().search(" ".join(words)))
                .order_by()
                .annotate(found_in=Value(model._meta.label, output_field=models.TextField()))
                .values_list("found_in", "pk", *labels)
            )
            union = rows if union is None else union.union(rows, all=True)
        found = [Found(label, pk, _named(names, words)) for label, pk, *names in union]
        return sorted(found, key=lambda each: not each.named)

    def load(self, found, query):
        """The :class:`Hit` of each of ``found``, in that order: one query a kind, and one for the texts read as
        part of it.
        """
        words = query_words(query)
        records = {}
        for model in content_models():
            wanted = [each.pk for each in found if each.label == model._meta.label]
            if wanted:
                rows = model.objects.filter(pk__in=wanted).prefetch_related(*model.search_through)
                records.update({(model._meta.label, row.pk): row for row in rows})
        return [_hit(records[each.label, each.pk], words) for each in found if (each.label, each.pk) in records]


engine = PlainEngine()


def _named(names, words):
    return any(all(word in fold(name or "") for word in words) for name in names)


def _hit(record, words):
    parts = [record, *(child for relation in record.search_through for child in getattr(record, relation).all())]
    language = next((code for code in reading_order() if _has_all(parts, code, words)), None) or next(
        (code for code in language_codes() if _has_all(parts, code, words[:1])), language_codes()[0]
    )
    part, found = _best_part(parts, language, words)
    return Hit(
        record=record,
        language=language,
        title=reading(record, record.label_field, language).text,
        address=part.get_absolute_url(),
        snippet=found,
    )


def _texts(part, language):
    return [plain_text(getattr(part, column(name, language)) or "") for name in translated_fields(type(part))]


def _has_all(parts, language, words):
    text = fold("\n".join(text for part in parts for text in _texts(part, language)))
    return all(word in text for word in words)


def _best_part(parts, language, words):
    """The part (the record or one of its sections) whose text shows most of the words, and that text's snippet."""
    shown = ((part, snippet(_texts(part, language), words)) for part in parts)
    return max(shown, key=lambda pair: pair[1].words_shown)
