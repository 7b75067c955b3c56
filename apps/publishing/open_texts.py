"""Which translations a draft still lacks, read from its snapshot: lists and the first page ask the database for it."""

from django.conf import settings

from apps.content.translation_state import TranslationState
from apps.languages.fields import column, language_codes, translated_fields
from apps.publishing.snapshots import part_models

# Texts of a part that has a list of its own: a citation is outdated there, not in the list of its note.
BESIDE = "beside"


def open_texts(model, snapshot):
    """``{"hi": {"outdated": 2, "missing": 1, "beside": 1}}``: how many texts of a ``model`` are not up to date in each
    language. What is not there is none; the rule is that of :func:`apps.content.translation_state.states`.
    """
    source = snapshot["record"].get("source_language") or settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    found = {}
    for place, kind, fields in _rows(model, snapshot):
        for name in translated_fields(kind):
            for code, state in _open(fields, name, source):
                counted_as = state if place == "record" or place in model.search_through else BESIDE
                counts = found.setdefault(code, {})
                counts[counted_as] = counts.get(counted_as, 0) + 1
    return found


def _rows(model, snapshot):
    yield "record", model, snapshot["record"]
    for place, kind in part_models(model).items():
        for fields in snapshot.get(place, {}).values():
            yield place, kind, fields


def _open(fields, name, source):
    texts = {code: (fields.get(column(name, code)) or "").strip() for code in language_codes()}
    outdated = fields.get("outdated") or {}
    for code, text in texts.items():
        if not text and any(texts.values()):
            yield code, TranslationState.MISSING.value
        elif text and code != source and name in outdated.get(code, {}):
            yield code, TranslationState.OUTDATED.value
