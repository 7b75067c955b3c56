"""What happened: conferences, summits, foundings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.content.models import State
from apps.content.partial_dates import PartialDateField
from apps.organisations.models import Country, Organisation
from apps.sources.models import CitedContent, CitedContentQuerySet


class EventQuerySet(CitedContentQuerySet):
    def with_organisations(self):
        return self.prefetch_related(models.Prefetch("organisations", Organisation.objects.published().alphabetical()))

    def with_page(self):
        """Everything the event's own page shows of it."""
        return self.with_citations().with_organisations().select_related("country")

    def of(self, organisation):
        return self.filter(organisations=organisation)

    def started_in(self, decade):
        """``decade``: ``1980`` for 1980 to 1989."""
        return self.filter(start__startswith=f"{decade // 10:03d}")


class Event(CitedContent):
    """A meeting, a founding or a decision with a date that may be known only to the year."""

    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    other_names = models.TextField(
        _("other names"), blank=True, default="",
        help_text=_("One a line. Where a note uses one of them, or the title, it links to this page."),
    )  # fmt: skip
    summary = models.TextField(
        _("summary"), blank=True, default="", help_text=_("Markdown. What happened and what it meant.")
    )
    start = PartialDateField(
        _("date, or first day"), help_text=_("1987, 1987-10 or 1987-10-02, as exactly as it is known.")
    )
    end = PartialDateField(_("last day"), help_text=_("Only if it lasted and the end is known."))
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("country")
    )
    organisations = models.ManyToManyField(
        Organisation, related_name="events", blank=True, verbose_name=_("organisations")
    )

    objects = EventQuerySet.as_manager()

    reference_kind = "event"
    search_rank = 3
    markdown_fields = ("summary",)
    name_fields = ("title", "other_names")

    class Meta(CitedContent.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["start", "slug"]
        indexes = [models.Index(fields=["start"])]

    def get_absolute_url(self):
        return reverse("events:detail", args=[self.slug])

    def clean(self):
        super().clean()
        exactness = min(len(self.start), len(self.end))
        if self.state == State.PUBLISHED and not self.start:
            raise ValidationError({"start": _("A published event needs a date, if only the year.")})
        if self.end and not self.start:
            raise ValidationError({"start": _("An event that has a last day needs a first one.")})
        if self.end and self.end[:exactness] < self.start[:exactness]:
            days = {"end": self.end, "start": self.start}
            raise ValidationError({"end": _("The last day, %(end)s, comes before the first, %(start)s.") % days})
