"""Where a record stands, and what the editor can do next: the sentence at the top of its form."""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.content.models import State
from apps.editorial.completeness import completeness
from apps.publishing.models import Draft

NEW = _("New. It starts as a draft, which readers do not see.")
STEPS = {
    State.DRAFT: _("Draft. Readers do not see it. When it is ready, publish it or ask for a review."),
    State.IN_REVIEW: _("In review. Readers do not see it. Publish it, or return it with comments."),
    State.PUBLISHED: _("Published. What you save is kept as a draft; readers see it when you publish it."),
    State.WITHDRAWN: _("Withdrawn. Readers no longer see it. Publish it again to bring it back."),
}
DRAFTS = {
    Draft.State.DRAFT: _("Published, with a draft. You work on the draft; readers see the published text."),
    Draft.State.IN_REVIEW: _(
        "Published, with a draft in review. Readers see the published text until it is published."
    ),
}
SCHEDULED = _("Scheduled. Readers will see it from %(time)s.")
DRAFT_SCHEDULED = _("Published, with a draft that readers will see from %(time)s.")
ENDS = _("It will be withdrawn on %(time)s.")


def is_scheduled(record):
    return record.state == State.PUBLISHED and bool(record.publish_at and record.publish_at > timezone.now())


def step(record, draft=None):
    """The sentences about ``record`` (content) and its ``draft``; the one for a new record if there is none."""
    if record is None:
        return NEW
    sentences = [_step(record, draft)]
    if record.withdraw_at and record.state == State.PUBLISHED:
        sentences.append(_at(ENDS, record.withdraw_at))
    return " ".join(map(str, sentences))


def _step(record, draft):
    if is_scheduled(record):
        return _at(SCHEDULED, record.publish_at)
    if draft and draft.publish_at:
        return _at(DRAFT_SCHEDULED, draft.publish_at)
    return DRAFTS[draft.state] if draft else STEPS[record.state]


def _at(sentence, time):
    return sentence % {"time": date_format(timezone.localtime(time), "DATETIME_FORMAT")}


def state_badge(record):
    """The state as a list shows it: in a word, coloured by the stylesheet. ``draft_state``: see with_draft_state()."""
    state, label = record.state, record.get_state_display()
    if is_scheduled(record):
        state, label = "scheduled", gettext("Scheduled")
    badge = format_html('<span class="state state-{}">{}</span>', state, label)
    if record.draft_state:
        badge += format_html(
            ' <span class="state state-{}">{}</span>', record.draft_state, DRAFT_BADGES[record.draft_state]
        )
    return badge


DRAFT_BADGES = {Draft.State.DRAFT: _("with a draft"), Draft.State.IN_REVIEW: _("draft in review")}


def with_draft_state(rows):
    """Annotates ``draft_state``: "draft", "in_review", or None for a record without a draft."""
    kind = {"content_type__app_label": rows.model._meta.app_label, "content_type__model": rows.model._meta.model_name}
    return rows.annotate(draft_state=Subquery(Draft.objects.filter(object_id=OuterRef("pk"), **kind).values("state")))


def translation_gaps(record):
    """``["Hindi: 4 of 6 texts are filled in."]``: one sentence for each language that lacks something."""
    names = dict(settings.LANGUAGES)
    return [
        gettext("%(language)s: %(filled)s of %(wanted)s texts are filled in.")
        % {"language": names[code], "filled": filled, "wanted": wanted}
        for code, (filled, wanted) in completeness(record).items()
        if filled < wanted
    ]
