"""Where facts come from: the references, and what each of them states about a record."""

from itertools import groupby

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from apps.content.address_names import AddressNameField
from apps.content.models import Content, ContentQuerySet, Record, RecordQuerySet
from apps.content.partial_dates import PartialDateField
from apps.languages.fields import columns
from apps.languages.fold import fold


class Source(Record):
    """A reference: a document, a book, a web site, a study note."""

    slug = AddressNameField(
        _("short name"),
        max_length=80,
        unique=True,
        help_text=_("What sheets and fixtures call this source: small Latin letters, digits and hyphens."),
    )
    title = models.CharField(_("title"), max_length=250, blank=True, default="")
    author = models.CharField(_("author"), max_length=200, blank=True, default="")
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, default="")
    published = PartialDateField(_("published"), help_text=_("1964, 1964-12 or 1964-12-30"))
    website = models.URLField(_("web address"), blank=True, default="")
    description = models.TextField(
        _("description"), blank=True, default="", help_text=_("What this source is, and how far it can be trusted.")
    )

    class Meta(Record.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]


class RecordKeyField(models.UUIDField):
    """The id of any record. Fixtures write it so that people can read it: ``events.event/bandung-conference``."""

    def to_python(self, value):
        if isinstance(value, str) and "/" in value:
            label, *key = value.split("/")
            try:
                return apps.get_model(label).objects.get_by_natural_key(*key).pk
            except (LookupError, ValueError, ObjectDoesNotExist):
                raise ValidationError(
                    _("There is no record “%(value)s”."), code="unknown", params={"value": value}
                ) from None
        return super().to_python(value)

    def value_to_string(self, obj):
        record = obj.record
        return "/".join([record._meta.label_lower, *map(str, record.natural_key())])


class Fact(models.TextChoices):
    FOUNDED = "founded", _("founding")
    DATE = "date", _("date")
    PLACE = "place", _("place")
    MEMBERS = "members", _("members")
    NAME = "name", _("name")
    PARTICIPANTS = "participants", _("participants")
    ORIGIN = "origin", _("beginning of South-South cooperation")


class CitationQuerySet(RecordQuerySet):
    def disputed_facts(self):
        """``{"object_id", "fact", "values_stated"}`` for each fact of a record for which the sources differ.

        Where South-South cooperation began is a question about the field, not about the record's own facts.
        """
        stated = Concat(*[Coalesce(name, Value(""), output_field=models.TextField()) for name in columns("value")])
        return (
            self.exclude(fact__in=["", Fact.ORIGIN])
            .order_by()
            .values("object_id", "fact")
            .annotate(values_stated=Count(stated, distinct=True))
            .filter(values_stated__gt=1)
        )


class CitationManager(models.Manager.from_queryset(CitationQuerySet)):
    """A citation is called what its source is called: whoever lists or keeps citations needs both."""

    def get_queryset(self):
        return super().get_queryset().select_related("source")


class Citation(Record):
    """What one source states about one record: a reference in general, or the value it gives for one fact."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name=_("kind of record"))
    object_id = RecordKeyField(_("record"))
    record = GenericForeignKey()
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    fact = models.CharField(
        _("fact"), max_length=20, choices=Fact, blank=True, default="",
        help_text=_(
            "What the source is cited for. Two sources with different values for one fact are shown as differing."
        ),
    )  # fmt: skip
    section = AddressNameField(
        _("section"), max_length=80, blank=True, default="",
        help_text=_("In a note: the anchor of the section that states the fact. Empty: the whole record."),
    )  # fmt: skip
    value = models.CharField(
        _("value"), max_length=250, blank=True, default="", help_text=_("What this source states.")
    )
    note = models.TextField(
        _("note"), blank=True, default="", help_text=_("Where in the source, and what a reader should know about it.")
    )

    objects = CitationManager()

    key_lookups = ("content_type__app_label", "content_type__model", "object_id", "position")
    label_field = ""
    whole_relation = "record"

    class Meta(Record.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self):
        return str(self.source)

    def clean(self):
        super().clean()
        if self.fact and not any(getattr(self, name) for name in columns("value")):
            message = _("Say what this source states, or leave the fact empty.")
            raise ValidationError(dict.fromkeys(columns("value"), message))


class CitedContentQuerySet(ContentQuerySet):
    def with_differences(self):
        """Annotates ``sources_differ``: whether two sources give different values for a fact of the row."""
        own = Citation.objects.filter(
            content_type__app_label=self.model._meta.app_label,
            content_type__model=self.model._meta.model_name,
            object_id=OuterRef("pk"),
        )
        return self.annotate(sources_differ=Exists(own.disputed_facts()))

    def with_citations(self):
        return self.prefetch_related("citations")


class CitedContent(Content):
    """A public record whose facts carry their sources, and say where the sources disagree."""

    citations = GenericRelation(Citation)

    objects = CitedContentQuerySet.as_manager()

    part_relations = ("citations",)

    class Meta(Content.Meta):
        abstract = True

    @property
    def differences(self):
        """``[(fact, [citation, …]), …]``: each fact for which the sources give more than one value."""
        stated = sorted((each for each in self.citations.all() if each.fact), key=lambda each: each.fact)
        groups = [
            (Fact(fact), sorted(group, key=lambda each: each.position))
            for fact, group in groupby(stated, lambda e: e.fact)
        ]
        return [
            (fact, group)
            for fact, group in groups
            if len({tuple(fold(getattr(each, name) or "") for name in columns("value")) for each in group}) > 1
        ]

    @property
    def references(self):
        """Each source once, in the order of the citations, with the first note on it that speaks of the whole
        record.
        """
        general = {}
        for citation in self.citations.all():
            known = general.get(citation.source_id)
            if known is None or (known.fact and not citation.fact):
                general[citation.source_id] = citation
        return list(general.values())
