"""How a text is kept, whichever way it comes: with a form, a sheet, a fixture or a paste."""

import re
from functools import cache

from django.db.models import CharField, TextField

from apps.languages.fields import translated_fields
from apps.languages.signs import one_line_ending, without_controls

BREAK = re.compile(r"[ \t]*\n\s*")


@cache
def text_columns(model):
    """``((name, whether it has one line), …)`` of all texts of ``model``, of the bilingual ones in each language."""
    bare = set(translated_fields(model))  # whoever sets these writes into the column of the language at hand
    fields = [field for field in model._meta.concrete_fields if field.name not in bare]
    return tuple((field.attname, is_one_line(field)) for field in fields if isinstance(field, (CharField, TextField)))


def is_one_line(field):
    """A browser glues the lines together that it finds in such a field."""
    return isinstance(field, CharField)


def tidied(text, *, one_line=False):
    """``text`` with one kind of line ending and without what no file can hold; of ``one_line`` with a space for each
    break.
    """
    if text.isprintable():  # most texts, and quickly seen
        return text
    text = without_controls(one_line_ending(text))
    return BREAK.sub(" ", text.strip("\n")) if one_line and "\n" in text else text
