"""From the declaration of a model to the columns of its sheet."""

from apps.languages.fields import columns as translations
from apps.languages.fields import language_columns, translated_fields
from apps.spreadsheets.columns import Column, plain_column
from apps.spreadsheets.keys import KnownKeys, generic_relations, key_names
from apps.spreadsheets.relations import RecordColumn, RelationColumn, RelationsColumn


def columns_of(model, known=None, own=None):
    """``{name: column}``: the key first, then what the model declares in its order, a column for each language.

    ``known``: the :class:`~apps.spreadsheets.keys.KnownKeys` that the columns of one or several sheets share. ``own``:
    ``{field name: a class of column}`` for fields that only this model's sheet shows so.
    """
    own = own or {}
    generic, columns, known = generic_relations(model), {}, KnownKeys() if known is None else known
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if field.name in own:
            columns[field.name] = own[field.name](model, field.name)
        elif field.name in generic:
            relation = generic[field.name]
            columns[relation.name] = RecordColumn(model, relation, known)
        elif field.name in translated_fields(model):
            columns |= {name: Column(model, name) for name in translations(field.name)}
        elif field.editable and field.name not in language_columns(model):
            columns[field.name] = _column_of(model, field, known)
    keys = key_names(model)
    return {name: columns[name] for name in [*keys, *(name for name in columns if name not in keys)]}


def _column_of(model, field, known):
    if not field.is_relation:
        return plain_column(model, field.name)
    return (RelationsColumn if field.many_to_many else RelationColumn)(model, field.name, known)
