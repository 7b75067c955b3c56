"""How one bilingual text stands, as a condition of the database: ``translation_state.py`` says it of one record.

``name`` is a bilingual field, ``language`` a code; NULL counts as empty.
"""

from django.db.models import Q

from apps.content.translation_state import TranslationState
from apps.languages.fields import column, language_codes


def is_filled(name, *languages):
    """Whether the text stands in one of ``languages``; without any: in whichever."""
    filled = Q()
    for code in languages or language_codes():
        filled |= Q(**{f"{column(name, code)}__gt": ""})
    return filled


def _is_missing(name, language):
    return is_filled(name) & ~is_filled(name, language)


def _is_outdated(name, language):
    return is_filled(name, language) & Q(**{f"outdated__{language}__{name}__isnull": False})


def _is_current(name, language):
    return is_filled(name, language) & Q(**{f"outdated__{language}__{name}__isnull": True})


TEXT_IS = {
    TranslationState.MISSING: _is_missing,
    TranslationState.OUTDATED: _is_outdated,
    TranslationState.CURRENT: _is_current,
}
