"""How many texts of each kind of record wait for a translator, as they are worked on; the first page of the desk counts
what is published.
"""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q

from apps.content.models import Content, Record
from apps.content.text_states import TEXT_IS, is_filled
from apps.content.translation_state import TranslationState
from apps.languages.fields import plain_rows, translated_fields
from apps.spreadsheets.working import desk


def open_texts(model, languages):
    """``{"hi": 12, …}``: texts of all records of ``model`` (a whole) and of their parts that are missing or outdated in
    each of ``languages``. A query for each kind of row, and one for the drafts.
    """
    drafts = desk.open_texts(model)
    counts = {code: sum(each.get(code, 0) for each in drafts.values()) for code in languages}
    for rows in (plain_rows(model._base_manager.exclude(pk__in=drafts)), *_parts(model, drafts)):
        for code, count in _count(rows, languages).items():
            counts[code] += count
    return counts


def has_translations(model, language):
    """Whether a text of a record of ``model`` (a whole), or of a part of one, stands in ``language`` and was first
    written in another.
    """
    has_language = issubclass(model, Content)
    if not has_language and model.written_in is not Record.written_in:
        # Each record says it by itself: a question has the language of its note.
        links = [field.name for field in model._meta.fields if field.many_to_one and not field.null]
        rows = model._base_manager.select_related(*links).filter(_stands_in(model, language))
        return any(row.written_in != language for row in rows.iterator())
    if not has_language and language == settings.MODELTRANSLATION_DEFAULT_LANGUAGE:
        return False
    wholes = model._base_manager.all()
    written_in_it = (wholes.filter(source_language=language) if has_language else wholes.none()).values("pk")
    kinds = [wholes.exclude(pk__in=written_in_it), *_parts(model, written_in_it)]
    return any(rows.filter(_stands_in(rows.model, language)).exists() for rows in kinds)


def _stands_in(model, language):
    found = Q(pk__in=[])
    for name in translated_fields(model):
        found |= is_filled(name, language)
    return found


def _parts(model, without):
    """The rows of each kind that are parts of a ``model``, but for those ``without``, ids."""
    for relation in model.part_relations:
        part = model._meta.get_field(relation).related_model
        link = part._meta.get_field(part.whole_relation)
        rows = plain_rows(part._base_manager.all())
        if isinstance(link, GenericForeignKey):
            rows = rows.filter(**{link.ct_field: ContentType.objects.get_for_model(model)})
        name = getattr(link, "fk_field", None) or link.attname
        yield rows.exclude(**{f"{name}__in": without})


def _count(rows, languages):
    texts = {
        f"{name}_in_{code}": Count("pk", filter=_waits(name, code))
        for name in translated_fields(rows.model)
        for code in languages
    }
    found = rows.order_by().aggregate(**texts) if texts else {}
    return {code: sum(count for key, count in found.items() if key.endswith(f"_in_{code}")) for code in languages}


def _waits(name, language):
    return TEXT_IS[TranslationState.MISSING](name, language) | TEXT_IS[TranslationState.OUTDATED](name, language)
