"""The words of the field, explained once and linked from the notes."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.sources.models import CitedContent, CitedContentQuerySet


class GlossaryTermQuerySet(CitedContentQuerySet):
    def with_topics(self):
        """With the public notes that introduce each term."""
        topics = self.model._meta.get_field("topics").related_model.objects.published()
        return self.prefetch_related(models.Prefetch("topics", topics))


class GlossaryTerm(CitedContent):
    """A term of the field and what it means."""

    acronym = models.CharField(_("acronym"), max_length=30, blank=True, default="")
    term = models.CharField(_("term"), max_length=200, blank=True, default="")
    definition = models.TextField(
        _("definition"), blank=True, default="", help_text=_("Markdown. One short paragraph.")
    )

    objects = GlossaryTermQuerySet.as_manager()

    label_field = "term"
    reference_kind = "term"
    search_rank = 4
    markdown_fields = ("definition",)

    class Meta(CitedContent.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["slug"]

    def get_absolute_url(self):
        return f"{reverse('glossary:list')}#{self.slug}"
