"""What a record can wait for: each is one condition, by which a list is narrowed and which the first page counts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, TextField, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.content.models import Content, State
from apps.content.text_states import TEXT_IS, is_filled
from apps.content.translation_state import TranslationState
from apps.editorial.broken_links import has_markdown, with_broken_links
from apps.languages.fields import language_codes, plain_rows, translated_fields
from apps.publishing.models import Draft
from apps.sources.models import Citation, CitedContent

WORDS = {
    TranslationState.MISSING: _("texts missing"),
    TranslationState.OUTDATED: _("texts outdated"),
    TranslationState.CURRENT: _("texts up to date"),
}


@dataclass(frozen=True)
class Worklist:
    """The rows of a kind of record for which ``where(model)``, a condition, holds: ``?parameter=value`` of its list.
    ``knows(model)``: whether that kind can have such rows.
    """

    parameter: str
    value: str
    label: str
    where: Callable
    knows: Callable

    @property
    def key(self):
        return f"{self.parameter}_{self.value}".replace("-", "_")

    def address(self, model):
        """Of the list of ``model`` that shows these rows and no others."""
        return f"{list_address(model)}?{self.parameter}={self.value}"


def list_address(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def counted(models, lists):
    """``{(model, worklist.key): 12, …}`` for the rows of each kind in each of ``lists``, in one query."""
    if not models:
        return {}
    first, *others = [_counts(model, lists) for model in models]
    by_label = {model._meta.label: model for model in models}
    return {
        (by_label[label], each.key): count
        for label, *counts in (first.union(*others, all=True) if others else first)
        for each, count in zip(lists, counts, strict=True)
    }


def _counts(model, lists):
    counts = {each.key: Count("pk", filter=each.where(model)) if each.knows(model) else Value(0) for each in lists}
    rows = plain_rows(model._default_manager.all()).order_by()
    kind = Value(model._meta.label, output_field=TextField())
    return rows.annotate(listed_as=kind).values("listed_as").annotate(**counts).values_list("listed_as", *counts)


# --- Translations -----------------------------------------------------------------------------------------------------


def with_text(model, language, state):
    """Rows with a text that is in ``state`` in ``language``: their own, or of a row that is read as part of them.

    What is still to do, outdated or missing, is a draft's where there is one: it is the text that is translated.
    """
    found = _published_text(model, language, state)
    if state == TranslationState.CURRENT or not is_content(model):
        return found
    return (found & ~_draft()) | _draft(**{f"open_texts__{language}__{state.value}__isnull": False})


def _published_text(model, language, state):
    found = _own_text(model, language, state)
    for name in model.search_through:
        relation = model._meta.get_field(name)
        part, whole = relation.related_model, relation.field.name
        inside = part._base_manager.filter(_own_text(part, language, state), **{whole: OuterRef("pk")})
        found |= Q(Exists(inside))
    return found


def _own_text(model, language, state):
    found = Q()
    for name in translated_fields(model):
        found |= TEXT_IS[state](name, language)
    return found


def in_translation(language, state):
    label = format_lazy("{language}: {words}", language=dict(settings.LANGUAGES)[language], words=WORDS[state])
    return Worklist(
        "translation", f"{language}-{state}", label, lambda model: with_text(model, language, state), translated_fields
    )


TRANSLATION = [in_translation(code, state) for code in language_codes() for state in WORDS]

# --- The way to readers -----------------------------------------------------------------------------------------------


def is_content(model):
    return issubclass(model, Content)


def _draft(**which):
    # A draft has its record's own key.
    return Q(pk__in=Draft.objects.filter(**which).values("pk"))


def _planned(model):
    now = timezone.now()
    ahead = Q(publish_at__gt=now) | Q(withdraw_at__gt=now)
    return Q(state=State.PUBLISHED) & (ahead | _draft(publish_at__isnull=False))


def standing(value, label, where):
    return Worklist("standing", value, label, where, is_content)


DRAFT = standing("draft", State.DRAFT.label, lambda model: Q(state=State.DRAFT))
IN_REVIEW = standing(
    "in_review", State.IN_REVIEW.label, lambda model: Q(state=State.IN_REVIEW) | _draft(state=Draft.State.IN_REVIEW)
)
PUBLISHED = standing("published", State.PUBLISHED.label, lambda model: Q(state=State.PUBLISHED))
WITH_DRAFT = standing("with_draft", _("Published, with a draft"), lambda model: _draft(state=Draft.State.DRAFT))
PLANNED = standing("planned", _("Planned for later"), _planned)
WITHDRAWN = standing("withdrawn", State.WITHDRAWN.label, lambda model: Q(state=State.WITHDRAWN))
STANDING = [DRAFT, IN_REVIEW, PUBLISHED, WITH_DRAFT, PLANNED, WITHDRAWN]


def drafts_of(user):
    """What ``user`` still works on: drafts of published records that they changed last, and drafts that they made."""
    mine = {"state": Draft.State.DRAFT, "updated_by": user}
    return Worklist(
        "mine",
        "drafts",
        _("My drafts"),
        lambda model: _draft(**mine) | Q(state=State.DRAFT, created_by=user),
        is_content,
    )


# --- What is wrong ----------------------------------------------------------------------------------------------------


def _unexplained(model):
    """A fact for which sources state different values, and no citation of it says more in a note of any language."""
    facts = Citation.objects.disputed_facts().annotate(notes=Count("pk", filter=is_filled("note"))).filter(notes=0)
    return Q(pk__in=facts.values("object_id"))


BROKEN_LINKS = Worklist(
    "links", "broken", _("Lead nowhere"), lambda model: Q(pk__in=with_broken_links([model])[model]), has_markdown
)
UNEXPLAINED = Worklist(
    "differ", "unexplained", _("Differ, without a note"), _unexplained, lambda model: issubclass(model, CitedContent)
)
