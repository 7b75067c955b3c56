"""Where each field stands in a form: derived from the model, the two languages of a text side by side in one row."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from apps.languages.fields import columns, translated_fields


def form_fields(model):
    """The fields that an editor fills in, each bilingual one once, in the order the model declares them."""
    declared = sorted((*model._meta.fields, *model._meta.many_to_many), key=lambda field: field.creation_counter)
    return [field for field in declared if field.editable and not hasattr(field, "translated_field")]


def fieldsets(model, *, leave_out=(), publishing=()):
    """The fieldsets of ``model``'s form: texts and facts, links to other records, and ``publishing`` (rows of names).

    A link that a record can't be without (the note of a question) stands among the facts.
    """
    apart = {*leave_out, *_names(publishing)}
    fields = [field for field in form_fields(model) if field.name not in apart]
    links = [field for field in fields if field.many_to_many or (field.is_relation and field.null)]
    facts = [field for field in fields if field not in links]
    result = [(None, {"fields": _rows(model, facts)})]
    if links:
        result.append((_("Links to other records"), {"fields": _rows(model, links)}))
    if publishing:
        result.append((_("Publishing"), {"fields": publishing}))
    return result


def script_attributes(language):
    """What an input in ``language`` tells the browser: its type, its keyboard and its spelling follow from it."""
    return {"lang": language, "dir": "rtl" if get_language_info(language)["bidi"] else "ltr"}


def _rows(model, fields):
    """A bilingual field makes a row of its columns; plain fields that follow each other stand two to a row."""
    bilingual, rows, plain = set(translated_fields(model)), [], []
    for field in fields:
        if field.name in bilingual:
            rows += _pairs(plain)
            plain = []
            rows.append(tuple(columns(field.name)))
        else:
            plain.append(field.name)
    return rows + _pairs(plain)


def _pairs(names):
    return [tuple(names[start : start + 2]) for start in range(0, len(names), 2)]


def _names(rows):
    return [name for row in rows for name in ([row] if isinstance(row, str) else row)]
