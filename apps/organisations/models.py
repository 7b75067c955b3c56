"""The organisations, forums and programmes through which developing countries cooperate."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.content.models import Record
from apps.content.partial_dates import PartialDateField
from apps.languages.fields import reading
from apps.sources.models import CitedContent, CitedContentQuerySet


class Country(Record):
    """A country, as a member of organisations and the place of events."""

    code = models.CharField(
        _("ISO code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1: IN, KE, BR."))],
        help_text=_("Two capital letters, as in ISO 3166-1: IN, KE, BR."),
    )
    name = models.CharField(_("name"), max_length=100, blank=True, default="")

    key_lookups = ("code",)
    label_field = "name"

    class Meta(Record.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]


class OrganisationQuerySet(CitedContentQuerySet):
    def with_page(self):
        """Everything the organisation's own page shows of it."""
        return self.with_citations().prefetch_related(
            models.Prefetch("members", Country.objects.alphabetical()),
            *(
                models.Prefetch(relation, Organisation.objects.published().alphabetical(), to_attr=f"public_{relation}")
                for relation in ("parts", "predecessors")
            ),
            *(models.Prefetch(relation, Organisation.objects.published()) for relation in ("parent", "successor")),
        )

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def founded_in(self, decade):
        """``decade``: ``1960`` for 1960 to 1969."""
        return self.filter(founded__startswith=f"{decade // 10:03d}")


class Organisation(CitedContent):
    """An organisation, forum, commission or programme of the South, or one that serves it."""

    class Kind(models.TextChoices):
        MULTILATERAL_FORUM = "multilateral_forum", _("Multilateral forum")
        UN_BODY = "un_body", _("United Nations body")
        REGIONAL_ORGANISATION = "regional_organisation", _("Regional organisation")
        COMMISSION = "commission", _("Commission")
        NATIONAL_PROGRAMME = "national_programme", _("National programme")

    acronym = models.CharField(_("acronym"), max_length=30, blank=True, default="")
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    other_names = models.TextField(
        _("other names"), blank=True, default="",
        help_text=_("One a line. Where a note uses one of them, or the name or acronym, it links to this page."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    founded = PartialDateField(_("founded"), help_text=_("1964, 1964-12 or 1964-12-30, as exactly as it is known."))
    seat = models.CharField(_("seat"), max_length=120, blank=True, default="")
    website = models.URLField(_("web site"), blank=True, default="")
    description = models.TextField(_("what it is"), blank=True, default="", help_text=_("Markdown."))
    members = models.ManyToManyField(Country, related_name="memberships", blank=True, verbose_name=_("members"))
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors", verbose_name=_("continued by")
    )

    objects = OrganisationQuerySet.as_manager()

    label_field = "name"
    reference_kind = "organisation"
    search_rank = 2
    markdown_fields = ("description",)
    name_fields = ("name", "acronym", "other_names")

    class Meta(CitedContent.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]

    def get_absolute_url(self):
        return reverse("organisations:detail", args=[self.slug])

    @property
    def short_name(self):
        """The acronym where there is one: what a list or a crowded margin has room for."""
        return reading(self, "acronym") or reading(self, "name")

    def clean(self):
        super().clean()
        for name in ("parent", "successor"):
            if getattr(self, f"{name}_id") == self.pk:
                raise ValidationError({name: _("An organisation can't stand here for itself.")})
