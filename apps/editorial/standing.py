"""Where a record stands, and what the editor can do next: the sentence at the top of its form."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.content.models import State
from apps.editorial.completeness import completeness

NEW = _("New. It starts as a draft, which readers do not see. Publish it under “Publishing” when it is ready.")
STEPS = {
    State.DRAFT: _(
        "Draft. Readers do not see it. When it is ready, publish it or ask for a review under “Publishing”."
    ),
    State.IN_REVIEW: _("In review. Readers do not see it. Check it, then publish it under “Publishing”."),
    State.PUBLISHED: _("Published. Readers see every change as soon as you save it."),
    State.WITHDRAWN: _("Withdrawn. Readers no longer see it. Publish it again under “Publishing” to bring it back."),
}
SCHEDULED = _("Scheduled. Readers will see it from %(time)s. Change the time under “Publishing”.")


def is_scheduled(record):
    return record.state == State.PUBLISHED and not record.is_public


def step(record):
    """The sentence about ``record`` (content), ``None`` for one that is being added."""
    if record is None:
        return NEW
    if is_scheduled(record):
        return SCHEDULED % {"time": date_format(timezone.localtime(record.publish_at), "DATETIME_FORMAT")}
    return STEPS[record.state]


def state_badge(record):
    """The state as a list shows it: in a word, coloured by the stylesheet."""
    state = "scheduled" if is_scheduled(record) else record.state
    label = gettext("Scheduled") if is_scheduled(record) else record.get_state_display()
    return format_html('<span class="state state-{}">{}</span>', state, label)


def translation_gaps(record):
    """``["Hindi: 4 of 6 texts are filled in."]``: one sentence for each language that lacks something."""
    names = dict(settings.LANGUAGES)
    return [
        gettext("%(language)s: %(filled)s of %(wanted)s texts are filled in.")
        % {"language": names[code], "filled": filled, "wanted": wanted}
        for code, (filled, wanted) in completeness(record).items()
        if filled < wanted
    ]
