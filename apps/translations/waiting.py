"""Which records still need a translator, asked of the database."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q

from apps.languages.fields import column, language_codes, translated_fields


def needing_work(rows, language):
    """The rows of a queryset of records in which a text, of their own or of a part, is missing or outdated in
    ``language``.
    """
    wanted = _unfinished(rows.model, language)
    for relation in rows.model.part_relations:
        wanted |= Q(Exists(_parts(rows.model, relation, language)))
    return rows.filter(wanted)


def next_needing_work(rows, record, wanted):
    """The one of ``wanted``, some of ``rows``, after ``record`` in the order of its model, the first one after the
    last; None if no other is left.
    """
    ordering = record._meta.ordering or ["pk"]
    around = rows.filter(Q(pk=record.pk) | Q(pk__in=wanted.values("pk")))
    keys = list(around.order_by(*ordering, "pk").values_list("pk", flat=True))
    place = keys.index(record.pk) if record.pk in keys else -1
    following = [pk for pk in [*keys[place + 1 :], *keys[: max(place, 0)]] if pk != record.pk]
    return rows.filter(pk=following[0]).first() if following else None


def _unfinished(model, language):
    wanted = Q(outdated__has_key=language)
    for name in translated_fields(model):
        there = Q()
        for code in language_codes():
            if code != language:
                there |= Q(**{f"{column(name, code)}__gt": ""})  # neither empty nor NULL
        wanted |= there & ~Q(**{f"{column(name, language)}__gt": ""})
    return wanted


def _parts(model, relation, language):
    field = model._meta.get_field(relation)
    part = field.related_model
    rows = part._base_manager.filter(_unfinished(part, language))
    if hasattr(field, "object_id_field_name"):
        kind = ContentType.objects.get_for_model(model)
        return rows.filter(**{field.content_type_field_name: kind, field.object_id_field_name: OuterRef("pk")})
    return rows.filter(**{field.field.name: OuterRef("pk")})
