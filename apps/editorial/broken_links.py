"""References in Markdown that lead a reader nowhere: no record has the address, or readers do not see it."""

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce, Concat

from apps.content.references import LINK_TARGET, REFERENCE
from apps.content.vocabulary import models_by_reference, vocabulary
from apps.languages.fields import columns, plain_rows


def has_markdown(model):
    return bool(model.markdown_fields or any(part.markdown_fields for part, _whole in _parts(model)))


def with_broken_links(models):
    """``{model: {id, …}}``: the rows of each kind in which a reference leads nowhere, in their own text or in one that
    is read as part of them. One query for all kinds, and the vocabulary's.
    """
    found = {model: set() for model in models}
    by_label = {model._meta.label: model for model in models}
    selects = [select for model in models for select in _texts(model)]
    if not selects:
        return found
    known, kinds = vocabulary().references, models_by_reference()
    for label, pk, text in selects[0].union(*selects[1:], all=True) if selects[1:] else selects[0]:
        if any(target not in known and _is_reference(target, kinds) for target in LINK_TARGET.findall(text)):
            found[by_label[label]].add(pk)
    return found


def _is_reference(target, kinds):
    return REFERENCE.fullmatch(target) and target.partition(":")[0] in kinds


def _parts(model):
    relations = [model._meta.get_field(name) for name in model.search_through]
    return [(relation.related_model, f"{relation.field.name}_id") for relation in relations]


def _texts(model):
    """Of each table with Markdown that belongs to ``model``: the kind, the row's key, its texts with links."""
    return [
        _linking_texts(table, key, model._meta.label)
        for table, key in [(model, "pk"), *_parts(model)]
        if table.markdown_fields
    ]


def _linking_texts(table, key, label):
    names = [each for name in table.markdown_fields for each in columns(name)]
    linking, empty = Q(), Value("", output_field=TextField())
    for name in names:
        linking |= Q(**{f"{name}__contains": "]("})
    texts = [part for name in names for part in (Coalesce(name, empty, output_field=TextField()), Value("\n"))]
    return (
        plain_rows(table._base_manager.filter(linking))
        .order_by()
        .annotate(
            listed_as=Value(label, output_field=TextField()),
            listed_key=F(key),
            texts=Concat(*texts, output_field=TextField()),
        )
        .values_list("listed_as", "listed_key", "texts")
    )
