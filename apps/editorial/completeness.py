"""How much of a record stands in each language, counted by the database: lists, filters, forms ask here."""

from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from apps.languages.fields import column, columns, language_codes, translated_fields


def with_completeness(rows):
    """Annotates ``filled_en``, ``filled_hi``, …: how many texts of a row stand in that language, and ``filled_any``.

    A text that no language has (an organisation without an acronym) is not missing. The texts of the rows that are
    read as part of this one, a note's sections, count as its own.
    """
    per_language = {f"filled_{code}": _texts(rows.model, [code]) for code in language_codes()}
    return rows.annotate(filled_any=_texts(rows.model, language_codes()), **per_language)


def incomplete_in(rows, language):
    """The rows of :func:`with_completeness` in which something stands in another language but not in ``language``."""
    return rows.filter(**{f"filled_{language}__lt": F("filled_any")})


def completeness(record):
    """``{"en": (6, 6), "hi": (4, 6)}``: filled and wanted, for a record of :func:`with_completeness`."""
    return {code: (getattr(record, f"filled_{code}"), record.filled_any) for code in language_codes()}


def _texts(model, languages):
    total = _own_texts(model, languages)
    for name in model.search_through:
        relation = model._meta.get_field(name)
        parent, child = relation.field.name, relation.related_model
        inside = (
            child.objects.filter(**{parent: OuterRef("pk")})
            .order_by()
            .values(parent)
            .annotate(texts=Sum(_own_texts(child, languages)))
            .values("texts")
        )
        total += Coalesce(Subquery(inside), 0)
    return total


def _own_texts(model, languages):
    total = Value(0)
    for name in translated_fields(model):
        filled = Q()
        for each in columns(name):
            if each in {column(name, code) for code in languages}:
                filled |= Q(**{f"{each}__gt": ""})  # neither empty nor NULL
        total += Case(When(filled, then=1), default=0)
    return total
