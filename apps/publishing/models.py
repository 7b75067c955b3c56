"""What happens to a record on its way to readers: its working draft, its reviews, its editions."""

import reversion
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.publishing.open_texts import open_texts


class AboutQuerySet(models.QuerySet):
    def about(self, record):
        """The rows about ``record``, of whatever kind it is."""
        return self.filter(content_type=ContentType.objects.get_for_model(type(record)), object_id=record.pk)


class AboutRecord(models.Model):
    """What is kept about a record of any kind. It stays when the record is deleted: a deleted note can come back."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, editable=False, verbose_name=_("kind of record"))
    object_id = models.UUIDField(_("record"), editable=False)
    record = GenericForeignKey()

    objects = AboutQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"])]


def person(related_name="+", **kwargs):
    """Somebody at the desk; what they did stays when their account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name=related_name, **kwargs
    )


class Draft(AboutRecord):
    """The text that editors work on while readers keep the published one."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")

    # The record's own id: every draft that a record ever had is found in the history by it.
    id = models.UUIDField(primary_key=True, editable=False)
    snapshot = models.JSONField()
    # The published text that the draft began from: what changed there meanwhile is not overwritten.
    base = models.JSONField()
    # Derived from the snapshot, so that the database can be asked: {"hi": {"outdated": 2, "missing": 1}}.
    open_texts = models.JSONField(default=dict, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    publish_languages = models.JSONField(default=list, blank=True)
    updated_by = person(verbose_name=_("last changed by"))
    updated_at = models.DateTimeField(_("last change"), default=timezone.now)

    class Meta(AboutRecord.Meta):
        verbose_name = _("draft of a published record")
        verbose_name_plural = _("drafts of published records")
        indexes = []
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="draft_once")]

    def __str__(self):
        return str(self.record)

    def save(self, *args, **kwargs):
        self.pk = self.object_id
        self.updated_at = timezone.now()
        self.open_texts = open_texts(self.content_type.model_class(), self.snapshot)
        with reversion.create_revision():
            super().save(*args, **kwargs)


class Review(AboutRecord):
    """Somebody asked for a second pair of eyes, and what they were answered."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RETURNED = "returned", _("Returned with comments")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Taken back")

    asked_by = person(verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    note = models.TextField(_("what to look at"), blank=True, default="")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.WAITING)
    answered_by = person(verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, default="")

    class Meta(AboutRecord.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-asked_at"]

    def __str__(self):
        return str(self.record)


class EditionQuerySet(AboutQuerySet):
    def next_number(self, record):
        return (self.about(record).aggregate(last=Max("number"))["last"] or 0) + 1


class Edition(AboutRecord):
    """What was published once, as it was. Never changed, never deleted: people cite it."""

    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = person(verbose_name=_("published by"))
    snapshot = models.JSONField()

    objects = EditionQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="edition_number_once")
        ]

    def __str__(self):
        return f"{self.record} ({self.number})"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("An edition is never changed.")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        app = self.content_type.app_label
        return reverse(f"{app}:edition", args=[self.record.slug, self.number])

    def delete(self, *args, **kwargs):
        raise TypeError("An edition is never deleted.")


class FormerAddress(AboutRecord):
    """An address name that a published record once had: whoever comes by it is led on."""

    slug = models.CharField(max_length=80)
    left_at = models.DateTimeField(default=timezone.now)

    class Meta(AboutRecord.Meta):
        constraints = [models.UniqueConstraint(fields=["content_type", "slug"], name="former_address_once")]

    def __str__(self):
        return self.slug


def former_addresses_of_others(model, slugs):
    """``{pk: sentence}`` for each of ``slugs`` (``{pk: slug}``) that once was another record's: what cites it must not
    lead to this one.
    """
    kind = ContentType.objects.get_for_model(model)
    former = FormerAddress.objects.filter(content_type=kind, slug__in=set(slugs.values())).prefetch_related("record")
    bearers = {each.slug: each for each in former if each.record is not None}
    sentence = _("This was the address name of “%(record)s”, and links to it are in use. Choose another.")
    return {
        pk: sentence % {"record": bearers[slug].record}
        for pk, slug in slugs.items()
        if slug in bearers and bearers[slug].object_id != pk
    }


def drafts_since(model, pks, since):
    """``{pk: sentence}`` for those of the records with ids ``pks`` whose drafts have changed ``since``."""
    kind = ContentType.objects.get_for_model(model)
    drafts = Draft.objects.filter(content_type=kind, object_id__in=pks, updated_at__gt=since)
    return dict.fromkeys(drafts.values_list("object_id", flat=True), gettext("There is a draft of it by now."))


def draft_of(record):
    """The :class:`Draft` of ``record`` or ``None``."""
    return Draft.objects.about(record).first()


def waiting_review(record):
    return Review.objects.about(record).filter(outcome=Review.Outcome.WAITING).first()


def last_return(record):
    """The :class:`Review` that returned ``record`` with comments, if nothing has been answered or asked since."""
    last = Review.objects.about(record).select_related("answered_by").first()
    return last if last and last.outcome == Review.Outcome.RETURNED else None
