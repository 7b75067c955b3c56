"""What the desk remembers about translating: edits that left translations current, and how somebody likes to work."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from apps.languages.fields import language_codes


def translate_codename(language):
    """The right to translate into one language, whatever the record: ``translate_into_hi``."""
    return f"translate_into_{language}"


class MinorEditQuerySet(models.QuerySet):
    def about(self, record):
        return self.filter(content_type=ContentType.objects.get_for_model(type(record)), object_id=record.pk)

    def standing(self):
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)


class MinorEdit(models.Model):
    """Somebody changed a source text so little that its translations stay current, and said so."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, editable=False, verbose_name=_("kind of record"))
    object_id = models.UUIDField(_("record"), editable=False)
    record = GenericForeignKey()
    field = models.CharField(_("field"), max_length=80)
    languages = models.JSONField(_("translations kept current"), default=list)
    before = models.TextField(_("source text before"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    objects = MinorEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("minor edit")
        verbose_name_plural = _("minor edits")
        ordering = ["-at"]
        default_permissions = ("view",)
        # Not of this model but of every record's texts: a translator has the right for a language.
        permissions = [
            (translate_codename(code), f"Can translate into {get_language_info(code)['name']}")
            for code in language_codes()
        ]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self):
        return str(self.record)


class DeskPreference(models.Model):
    """How one person likes to work at the desk."""

    class Layout(models.TextChoices):
        SIDE_BY_SIDE = "side_by_side", _("Side by side")
        STACKED = "stacked", _("One under the other")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="desk_preference"
    )
    layout = models.CharField(_("source and translation"), max_length=12, choices=Layout, default=Layout.SIDE_BY_SIDE)

    class Meta:
        verbose_name = _("way of working")
        verbose_name_plural = _("ways of working")
        default_permissions = ()

    def __str__(self):
        return str(self.user)


def layout_of(user):
    kept = DeskPreference.objects.filter(user=user).values_list("layout", flat=True).first()
    return kept or DeskPreference.Layout.SIDE_BY_SIDE
