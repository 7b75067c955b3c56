"""Records with their parts, as they are worked on: a note with its sections and citations, of a live one its draft."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType

from apps.spreadsheets.working import desk


def working_wholes(model, pks):
    """``{pk: record}`` of these wholes, each with its parts and all texts as they are worked on; in a number of queries
    that grows with the drafts among them, not with the records.
    """
    # What a record can't be without, it may ask for the language that it is written in: a question its note.
    links = [field.name for field in model._meta.fields if field.many_to_one and not field.null]
    records = model._base_manager.filter(pk__in=pks).select_related(*links).prefetch_related(*model.part_relations)
    return {record.pk: record for record in desk.overlaid(list(records))}


def rows_of(whole):
    """``whole`` and then its parts, in their order; each part knows its whole."""
    yield whole
    for relation in whole.part_relations:
        for row in getattr(whole, relation).all():
            setattr(row, row.whole_relation, whole)  # or each would be asked for it by itself
            yield row


def wholes_of(rows):
    """``{pk: (model of the whole, its id)}`` for ``rows``, a queryset of records of one kind, in its order."""
    model = rows.model
    if not model.whole_relation:
        return {pk: (model, pk) for pk in rows.values_list("pk", flat=True)}
    link = model._meta.get_field(model.whole_relation)
    if not isinstance(link, GenericForeignKey):
        return {pk: (link.related_model, whole) for pk, whole in rows.values_list("pk", link.attname)}
    kinds = ContentType.objects.get_for_id
    return {
        pk: (kinds(kind).model_class(), whole)
        for pk, kind, whole in rows.values_list("pk", f"{link.ct_field}_id", link.fk_field)
    }
