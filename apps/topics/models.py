"""The study notes: what the portal is for."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.content.address_names import AddressNameField
from apps.content.models import Record, State
from apps.content.plain_text import text_lines
from apps.events.models import Event
from apps.glossary.models import GlossaryTerm
from apps.languages.fields import columns
from apps.organisations.models import Organisation
from apps.sources.models import CitedContent, CitedContentQuerySet

MOST_SUMMARY_WORDS = 60


class TopicQuerySet(CitedContentQuerySet):
    def about(self, record):
        """The notes that name ``record``, an organisation or an event."""
        return self.filter(**{f"{record._meta.model_name}s": record})

    def with_neighbours(self):
        """Annotates ``previous_note`` and ``next_note``: slug and titles of the public notes before and after, or
        None.
        """
        others = Topic.objects.published().order_by()
        what = JSONObject(slug="slug", **{name: name for name in columns("title")})
        before = others.filter(position__lt=OuterRef("position")).order_by("-position")
        after = others.filter(position__gt=OuterRef("position")).order_by("position")
        return self.annotate(
            previous_note=Subquery(before.annotate(note=what).values("note")[:1]),
            next_note=Subquery(after.annotate(note=what).values("note")[:1]),
        )

    def with_reading(self):
        """Everything the note's page shows, in as many queries as there are kinds of record."""
        return self.with_neighbours().with_citations().prefetch_related(
            "sections",
            Prefetch("organisations", Organisation.objects.published().alphabetical()),
            Prefetch("events", Event.objects.published().with_differences()),
            Prefetch("terms", GlossaryTerm.objects.published().alphabetical()),
        )  # fmt: skip


class Topic(CitedContent):
    """A study note: one unit of the course, read from top to bottom."""

    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    summary = models.TextField(_("summary"), blank=True, default="", help_text=_("At most 60 words, plain text."))
    key_points = models.TextField(
        _("key points"), blank=True, default="", help_text=_("Three to six, one a line, plain text.")
    )
    position = models.PositiveSmallIntegerField(
        _("place in the course"), help_text=_("1 is the first note. Each place is taken once.")
    )
    author = models.CharField(_("author line"), max_length=200, blank=True, default="")
    organisations = models.ManyToManyField(
        Organisation, related_name="topics", blank=True, verbose_name=_("organisations")
    )
    events = models.ManyToManyField(Event, related_name="topics", blank=True, verbose_name=_("events"))
    terms = models.ManyToManyField(GlossaryTerm, related_name="topics", blank=True, verbose_name=_("glossary terms"))

    objects = TopicQuerySet.as_manager()

    reference_kind = "topic"
    line_fields = ("key_points",)
    search_rank = 1
    search_through = ("sections",)
    part_relations = ("sections", *CitedContent.part_relations)
    keeps_editions = True

    class Meta(CitedContent.Meta):
        verbose_name = _("study note")
        verbose_name_plural = _("study notes")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                name="topic_position_once",
                violation_error_message=_("Another note already stands at this place."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("topics:detail", args=[self.slug])

    def clean(self):
        super().clean()
        errors = {name: self.too_long(getattr(self, name)) for name in columns("summary")}
        errors |= {name: self.not_a_few(getattr(self, name)) for name in columns("key_points")}
        if any(errors.values()):
            raise ValidationError({name: message for name, message in errors.items() if message})

    def too_long(self, summary):
        count = len((summary or "").split())
        if count > MOST_SUMMARY_WORDS:
            return _("At most 60 words, please; these are %(count)s.") % {"count": count}
        return None

    def not_a_few(self, key_points):
        """Three to six, once the note goes to readers; a draft may still be growing."""
        count = len(text_lines(key_points))
        if count and self.state == State.PUBLISHED and not 3 <= count <= 6:
            return _("Three to six key points, please; these are %(count)s.") % {"count": count}
        return None


class Section(Record):
    """A part of a study note with its own heading and its own address."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="sections", verbose_name=_("study note"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    anchor = AddressNameField(
        _("anchor"),
        max_length=80,
        help_text=_(
            "The end of the section's address, after #. Shared by both languages and kept for good: "
            "readers have it in their notes."
        ),
    )
    heading = models.CharField(_("heading"), max_length=200, blank=True, default="")
    body = models.TextField(
        _("text"),
        blank=True,
        default="",
        help_text=_(
            "Markdown. [words](event:bandung-conference) links to a record; "
            "names of organisations and events link by themselves."
        ),
    )

    key_lookups = ("topic__slug", "anchor")
    label_field = "heading"
    whole_relation = "topic"
    markdown_fields = ("body",)

    class Meta(Record.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["topic", "position", "anchor"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "anchor"],
                name="section_anchor_once",
                violation_error_message=_("Another section of this note already has this anchor."),
            ),
        ]

    def get_absolute_url(self):
        return f"{self.topic.get_absolute_url()}#{self.anchor}"
