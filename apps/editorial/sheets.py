"""Where sheets meet the desk: what somebody may bring by one, what is asked about a translation of one, and the drafts
of records that readers see.
"""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from apps.content.models import content_models, record_models
from apps.editorial.rights import may
from apps.languages.fields import language_codes, language_columns
from apps.publishing import live, snapshots
from apps.publishing.models import Draft
from apps.publishing.working_copy import rows_to_work_on
from apps.spreadsheets.rights import EVERYTHING, Bringing
from apps.translations.checks import check_field
from apps.translations.models import translate_codename


def bringing(user, sheet):
    """The rule of :mod:`apps.spreadsheets.rights`: ``sheet`` is ``events.event``, or ``translate:en:hi`` for the texts
    of all records together.
    """
    kind, _colon, languages = sheet.partition(":")
    if languages:
        target = languages.rpartition(":")[2]
        kinds = {model._meta.label_lower for model in record_models() if _may_translate(user, model, target)}
        return Bringing(languages=(target,) if kinds else (), kinds=frozenset(kinds))
    model = apps.get_model(kind)
    if may(user, "import", model):
        return EVERYTHING
    return Bringing(languages=tuple(code for code in language_codes() if _may_translate(user, model, code)))


def _may_translate(user, model, language):
    """Of every record of the kind: a sheet names any. An author's own notes are translated on their page. A part goes
    by its own right “view”, and by that of its whole (apps/spreadsheets/translators/cases.py).
    """
    return user.has_perm(f"translations.{translate_codename(language)}") and may(user, "view", model)


def questions_about(row, name, source, target, source_language, target_language, most):
    """The rule of :mod:`apps.spreadsheets.translators.questions`: what the translate screen says of the same text."""
    findings = check_field(row, name, source, target, source_language, target_language, most=most - 1)
    return [each.message for each in findings]  # with the one that says how many there are beside


class Drafts:
    """What :mod:`apps.spreadsheets.working` asks for."""

    def texts(self, model, pks):
        wholes = _wholes(model, pks)
        drafts = Draft.objects.filter(
            content_type__in=ContentType.objects.get_for_models(*content_models()).values(),
            object_id__in=set(wholes.values()),
        )
        texts = {draft.object_id: live.working_copy(draft.record)[0] for draft in drafts.prefetch_related("record")}
        return {
            pk: {name: row.get(name) for name in [*language_columns(model), "outdated"]}
            for pk, whole in wholes.items()
            if whole in texts
            and (row := texts[whole]["record"] if whole == pk else _part(texts[whole], pk)) is not None
        }

    def overlaid(self, records):
        pks = [record.pk for record in records]
        drafted = set(Draft.objects.filter(object_id__in=pks).values_list("object_id", flat=True))
        return [
            snapshots.overlay(record, live.working_copy(record)[0]) if record.pk in drafted else record
            for record in records
        ]

    def open_texts(self, model):
        drafts = Draft.objects.filter(content_type=ContentType.objects.get_for_model(model))
        return {
            pk: {language: sum(counts.values()) for language, counts in found.items()}
            for pk, found in drafts.values_list("object_id", "open_texts")
        }

    def rows(self, record, by, comment):
        return rows_to_work_on(record, by, comment)


def _wholes(model, pks):
    """``{pk: id of the record that it is a part of, or its own}``"""
    if not model.whole_relation:
        return {pk: pk for pk in pks}
    link = model._meta.get_field(model.whole_relation)
    name = getattr(link, "fk_field", None) or link.attname
    return dict(model._base_manager.filter(pk__in=pks).order_by().values_list("pk", name))


def _part(snapshot, pk):
    """What the draft says of one of its parts; ``None`` if it does without."""
    rows = (each.get(str(pk)) for place, each in snapshot.items() if place != "record")
    return next(filter(None, rows), None)
