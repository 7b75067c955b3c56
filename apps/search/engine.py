"""Search over every public record, both languages at once: the one interface behind the search page.

The page knows :data:`engine` and its two questions, :meth:`~PlainEngine.find` and :meth:`~PlainEngine.load`. The plain
engine asks the database for folded words; a full-text engine takes its place by answering the same two.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast

from apps.content.models import content_models, name_columns
from apps.content.plain_text import plain_text
from apps.content.vocabulary import vocabulary
from apps.languages.fields import Reading, column, plain_rows, reading, reading_order, translated_fields
from apps.languages.fold import word_key, word_patterns
from apps.search.snippets import Snippet, snippet


@dataclass(frozen=True)
class Found:
    """A matching record before it is loaded: its model's label and its id."""

    label: str
    pk: object


@dataclass(frozen=True)
class Hit:
    """One result: its ``title`` as the reader reads it, and the ``language`` in which the words were found."""

    record: models.Model
    title: Reading
    language: str
    address: str
    snippet: Snippet


class PlainEngine:
    def find(self, query):
        """Every :class:`Found` for ``query``, best first: so named, named with these words, mentioning them.

        One query, whatever the number of kinds, beside that of the names (:func:`~apps.content.vocabulary.vocabulary`).
        """
        alternatives = other_names(query)
        if not alternatives:
            return []
        union = None
        most_names = max(len(name_columns(model)) for model in content_models())
        for model in content_models():
            names = [Cast(name, models.TextField()) for name in name_columns(model)]
            # Kinds have different numbers of names, the columns of a union have not.
            names += [Value("", output_field=models.TextField())] * (most_names - len(names))
            rows = (
                plain_rows(model.objects.published().with_words(alternatives))
                .order_by()
                .annotate(found_in=Value(model._meta.label, output_field=models.TextField()))
                .values_list("found_in", "pk", *names)
            )
            union = rows if union is None else union.union(rows, all=True)
        ranks = {model._meta.label: model.search_rank for model in content_models()}
        exact = {f" {' '.join(pattern.strip() for pattern in patterns)} " for patterns in alternatives}
        rated = sorted(
            (
                (_rating(names, alternatives, exact), ranks[label], str(pk), Found(label, pk))
                for label, pk, *names in union
            ),
            key=lambda rated: rated[:3],
        )
        return [found for _rating, _rank, _pk, found in rated]

    def load(self, found, query):
        """The :class:`Hit` of each of ``found``, in that order: one query a kind, and one for a note's sections."""
        alternatives = other_names(query)
        records = {}
        for model in content_models():
            wanted = [each.pk for each in found if each.label == model._meta.label]
            if wanted:
                rows = model.objects.filter(pk__in=wanted).prefetch_related(*model.search_through)
                records.update({(model._meta.label, row.pk): row for row in rows})
        return [_hit(records[each.label, each.pk], alternatives) for each in found if (each.label, each.pk) in records]


engine = PlainEngine()


def other_names(query):
    """The words of ``query`` and, if it names a record, of the record's other names: ``G-77`` is the Group of 77."""
    patterns = word_patterns(query)
    if not patterns:
        return []
    alternatives = [patterns, *map(word_patterns, vocabulary().called.get(word_key(query), []))]
    return list(map(list, dict.fromkeys(map(tuple, alternatives))))


def _rating(names, alternatives, exact):
    keys = [word_key(line) for name in names for line in (name or "").splitlines()]
    if any(key in exact for key in keys):
        return 0
    return 1 if any(_has(key, patterns) for key in keys for patterns in alternatives) else 2


def _has(key, patterns):
    return all(pattern in key for pattern in patterns)


def _hit(record, alternatives):
    parts = [record, *(child for relation in record.search_through for child in getattr(record, relation).all())]
    language, patterns = _where_found(parts, alternatives)
    shown = ((part, snippet(_texts(part, language), patterns)) for part in parts)
    part, found = max(shown, key=lambda pair: pair[1].words_shown)
    return Hit(record, reading(record, record.label_field), language, part.get_absolute_url(), found)


def _where_found(parts, alternatives):
    """The language and the alternative that stand in ``parts``: the reader's language first, else whatever has most."""
    keys = {
        code: word_key("\n".join(text for part in parts for text in _texts(part, code))) for code in reading_order()
    }
    pairs = [(code, patterns) for code in keys for patterns in alternatives]
    return max(pairs, key=lambda pair: sum(each in keys[pair[0]] for each in pair[1]) / len(pair[1]))


def _texts(part, language):
    return [plain_text(getattr(part, column(name, language)) or "") for name in translated_fields(type(part))]
