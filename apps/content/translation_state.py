"""Where each translation stands: current, made from an older text, or missing. A record stores what this says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.languages.fields import column, language_codes, plain_rows, translated_fields


class TranslationState(models.TextChoices):
    CURRENT = "current", _("Up to date")
    OUTDATED = "outdated", _("Outdated")
    MISSING = "missing", _("Missing")


def states(record):
    """``{"title": {"hi": TranslationState.OUTDATED, …}, …}``: a state for each bilingual field that has any text, in
    each language but the one it was written in; in that one too, if only a translation of it stands there.
    """
    found = {}
    for name in translated_fields(type(record)):
        texts = {code: _text(record, name, code) for code in language_codes()}
        if any(texts.values()):
            wanted = [code for code in texts if code != record.written_in or not texts[code]]
            found[name] = {code: _state(record, name, code, texts[code]) for code in wanted}
    return found


def _state(record, name, code, text):
    if not text:
        return TranslationState.MISSING
    return TranslationState.OUTDATED if made_from(record, name, code) is not None else TranslationState.CURRENT


def made_from(record, name, language):
    """The source text that an outdated translation was made from; ``None`` for one that is not outdated."""
    return (record.outdated or {}).get(language, {}).get(name)


def outdated_now(record, *, minor_edit=False, before=None):
    """What ``record.outdated`` becomes when ``record`` is saved as it is: ``{"hi": {"title": "the old title"}}``.

    A source text that changes outdates its translations, except those that change with it. A translation that
    changes is current again, and so is one whose source went back to what it was made from. ``before``: the
    :func:`stored_texts`, for who knows them.
    """
    before = before or stored_texts(record)
    if before is None:  # new: whoever made it wrote both languages as they belong together
        return record.outdated or {}
    source, outdated = record.written_in, {}
    for target in language_codes():
        if target == source:
            continue
        known = (record.outdated or {}).get(target, {})
        texts = {
            name: text
            for name in translated_fields(type(record))
            if (text := _made_from_now(record, before, name, source, target, known.get(name), minor_edit)) is not None
        }
        if texts:
            outdated[target] = texts
    return outdated


def _made_from_now(record, before, name, source, target, known, minor_edit):
    new, old = getattr(record, column(name, source)) or "", before[column(name, source)] or ""
    translation = _text(record, name, target)
    if known is None and new == old:
        return None
    if not translation or not new.split() or _differ(before[column(name, target)], translation):
        return None
    if known is None and not minor_edit and old.split() and _differ(old, new):
        known = old
    return known if known is not None and _differ(known, new) else None


def stored_texts(record):
    """``{"title_en": …}`` as the database has them, ``None`` for a record that is not in it."""
    names = [column(name, code) for name in translated_fields(type(record)) for code in language_codes()]
    return plain_rows(type(record)._base_manager.filter(pk=record.pk)).values(*names).first()


def _text(record, name, language):
    return (getattr(record, column(name, language)) or "").strip()


def _differ(one, other):
    """Space alone is no change of a text."""
    return (one or "").split() != (other or "").split()
