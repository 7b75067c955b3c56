"""What a page that asks "really delete?" lists."""

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst

from apps.content.models import record_models
from apps.languages.fields import columns


def without_link_rows(to_delete, model_count, perms_needed, protected):
    """Django's answer without the rows that only link two records: an editor reads a number and a table's name."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    starts = tuple(f"{capfirst(table._meta.verbose_name)}: {table.__name__} object (" for table in tables)
    for table in tables:
        model_count.pop(table._meta.verbose_name_plural, None)
    return _pruned(to_delete, starts), model_count, perms_needed, protected


def linking_to(record):
    """The records whose text has a link to ``record``: it would lead nowhere without it."""
    kind = getattr(record, "reference_kind", "")
    wholes = {}
    for model in record_models() if kind else []:
        linking = Q()
        for name in (each for field in model.markdown_fields for each in columns(field)):
            linking |= Q(**{f"{name}__contains": f"({kind}:{record.slug})"})
        if linking:
            found = model.objects.filter(linking)
            if model.whole_relation:
                found = found.select_related(model.whole_relation)
            wholes |= {row.whole.pk: row.whole for row in found}
    wholes.pop(record.pk, None)
    return list(wholes.values())


def _pruned(entries, starts):
    kept = [_pruned(each, starts) if isinstance(each, list) else each for each in entries]
    return [each for each in kept if each and not (isinstance(each, str) and each.startswith(starts))]
