"""What editors do with translations beside writing them."""

from django.db import transaction
from django.utils import timezone

from apps import audit
from apps.content.translation_state import TranslationState, states
from apps.languages.fields import column, translated_fields
from apps.translations.models import MinorEdit


@transaction.atomic
def note_minor_edit(*, record, before, by):
    """Writes down that ``record`` was saved with ``minor_edit``: one row for each source text that changed and has a
    translation. ``before``: its texts until then, as :func:`~apps.content.translation_state.stored_texts` gives them.
    """
    noted = []
    for name, by_language in states(record).items():
        old, new = (texts or "" for texts in (before[column(name, record.written_in)], _source(record, name)))
        kept = [code for code, state in by_language.items() if state == TranslationState.CURRENT]
        if old.split() and old.split() != new.split() and kept:
            noted.append(MinorEdit.objects.create(record=record, field=name, languages=kept, before=old, by=by))
    for edit in noted:
        audit.log(audit.Verb.MINOR_EDIT, by=by, about=record.whole, field=edit.field, languages=edit.languages)
    return noted


@transaction.atomic
def undo_minor_edit(*, edit, by, record=None):
    """It was no minor edit after all: the translations it kept current are outdated from here on, made from the text
    before it. ``record``: the row to write to, if it is not the stored one.
    """
    record = record or edit.record
    edit.undone_at, edit.undone_by = timezone.now(), by
    edit.save(update_fields=["undone_at", "undone_by"])
    if record is None or edit.field not in translated_fields(type(record)):
        return  # deleted since, or a field that is no more
    for code in _still_translated(record, edit):
        # One that became outdated later was made from an even older text.
        record.outdated.setdefault(code, {}).setdefault(edit.field, edit.before)
    record.save(update_fields=["outdated"], keep_outdated=True)
    audit.log(audit.Verb.MINOR_EDIT_UNDONE, by=by, about=record.whole, field=edit.field, languages=edit.languages)


def _still_translated(record, edit):
    if _source(record, edit.field).split() == edit.before.split():
        return []
    return [code for code in edit.languages if (getattr(record, column(edit.field, code), "") or "").strip()]


def _source(record, name):
    return getattr(record, column(name, record.written_in)) or ""
