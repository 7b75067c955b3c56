"""From the declaration of a model to the columns of its sheet."""

from django.db import models

from apps.languages.fields import columns as translations
from apps.languages.fields import language_columns, translated_fields
from apps.spreadsheets.columns import ChoiceColumn, Column, PlainColumn, TimeColumn
from apps.spreadsheets.keys import generic_relations, key_names
from apps.spreadsheets.relations import RecordColumn, RelationColumn, RelationsColumn


def columns_of(model):
    """``{name: column}``: the key first, then what the model declares in its order, a column for each language."""
    generic, columns = generic_relations(model), {}
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if field.name in generic:
            columns[generic[field.name].name] = RecordColumn(model, generic[field.name])
        elif field.name in translated_fields(model):
            columns |= {name: Column(model, name) for name in translations(field.name)}
        elif field.editable and field.name not in language_columns(model):
            columns[field.name] = _kind_of(field)(model, field.name)
    keys = key_names(model)
    return {name: columns[name] for name in [*keys, *(name for name in columns if name not in keys)]}


def _kind_of(field):
    if field.many_to_many:
        return RelationsColumn
    if field.is_relation:
        return RelationColumn
    if field.choices:
        return ChoiceColumn
    return TimeColumn if isinstance(field, models.DateTimeField) else PlainColumn
