"""How much of a record stands in each language, counted by the database: lists, forms and the first page ask here."""

from functools import partial

from django.db.models import Case, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from apps.content.text_states import TEXT_IS, is_filled
from apps.content.translation_state import TranslationState
from apps.languages.fields import language_codes, translated_fields


def with_completeness(rows):
    """Annotates ``filled_en``, ``filled_hi``, …: how many texts of a row stand in that language, ``outdated_en``, …:
    how many of these are outdated, and ``filled_any``.

    A text that no language has (an organisation without an acronym) is not missing. The texts of the rows that are
    read as part of this one, a note's sections, count as its own.
    """
    is_outdated = TEXT_IS[TranslationState.OUTDATED]
    counts = {"filled_any": _texts(rows.model, is_filled)}
    for code in language_codes():
        counts[f"filled_{code}"] = _texts(rows.model, lambda name, code=code: is_filled(name, code))
        counts[f"outdated_{code}"] = _texts(rows.model, partial(is_outdated, language=code))
    return rows.annotate(**counts)


def completeness(record):
    """``{"en": (6, 6), "hi": (4, 6)}``: filled and wanted, for a record of :func:`with_completeness`."""
    return {code: (getattr(record, f"filled_{code}"), record.filled_any) for code in language_codes()}


def own_texts(model, condition):
    """An expression: for how many of a row's own texts ``condition(name)`` holds."""
    total = Value(0)
    for name in translated_fields(model):
        total += Case(When(condition(name), then=1), default=0)
    return total


def _texts(model, condition):
    total = own_texts(model, condition)
    for name in model.search_through:
        relation = model._meta.get_field(name)
        parent, child = relation.field.name, relation.related_model
        inside = (
            child.objects.filter(**{parent: OuterRef("pk")})
            .order_by()
            .values(parent)
            .annotate(texts=Sum(own_texts(child, condition)))
            .values("texts")
        )
        total += Coalesce(Subquery(inside), 0)
    return total
