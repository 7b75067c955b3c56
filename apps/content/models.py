"""What every record of the portal is. Each app's own models say only what differs."""

import uuid

import reversion
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.content import vocabulary
from apps.content.address_names import AddressNameField
from apps.content.plain_text import plain_text
from apps.content.references import unknown_references
from apps.content.tidying import text_columns, tidied
from apps.content.translation_state import outdated_now
from apps.languages.fields import column, column_labels, columns, language_columns, reading, reading_order
from apps.languages.fold import word_key, word_patterns
from apps.languages.legacy import Certainty, find_damage
from apps.languages.signs import HIDDEN


def name_columns(model):
    """The language columns of everything that names a row of ``model``."""
    return [each for name in dict.fromkeys((model.label_field, *model.name_fields)) for each in columns(name)]


def label_as_read(model):
    """An expression: what a row of ``model`` is called in the reader's language, else in the other one."""
    own, other = (F(column(model.label_field, code)) for code in reading_order())
    return Coalesce(NullIf(own, Value("")), other)


class RecordQuerySet(models.QuerySet):
    def get_by_natural_key(self, *key):
        return self.get(**dict(zip(self.model.key_lookups, key, strict=True)))

    def shown(self):
        """The rows that readers get to see, on whatever page."""
        return self

    def alphabetical(self):
        """By the label as the reader sees it: in their language, else in the other one."""
        return self.order_by(label_as_read(self.model), "pk")

    def delete(self):
        link = self.model.whole_relation
        with reversion.create_revision():
            wholes = {row.whole for row in self.prefetch_related(link)} - {None} if link else ()
            deleted = super().delete()
            for whole in wholes:
                reversion.add_to_revision(whole)
        vocabulary.forget()
        return deleted

    # What Django's own delete() is: not for templates, and not for a manager, where it would empty the table.
    delete.alters_data = delete.queryset_only = True

    def search(self, query):
        """Rows in which every word of ``query`` begins a word, in either language and any spelling that folding
        evens out. Nothing to look for finds every row.
        """
        return self.with_words([word_patterns(query)])

    def with_words(self, alternatives):
        """Rows in which all of one of ``alternatives`` stand: lists of :func:`~apps.languages.fold.word_patterns`."""
        wanted = Q()
        for patterns in alternatives:
            each = Q()
            for pattern in patterns:
                each &= self._with_word(pattern)
            wanted |= each
        return self.filter(wanted)

    def named_first(self, query):
        """Rows with ``query`` in one of their names before the others."""
        named = Q()
        for name in name_columns(self.model):
            named |= Q(**{f"{name}__icontains": query.strip()})
        return self.order_by(Case(When(named, then=0), default=1), *self.query.order_by or self.model._meta.ordering)

    def _with_word(self, pattern):
        found = Q(search_text__contains=pattern)
        for relation in self.model.search_through:
            child = self.model._meta.get_field(relation)
            inside = child.related_model.objects.filter(
                **{child.field.name: models.OuterRef("pk")}, search_text__contains=pattern
            )
            found |= Q(models.Exists(inside))
        return found


class Record(models.Model):
    """Anything that an editor keeps: known by a key that people can read, with its texts in both languages."""

    # A UUID: a section keeps its id through a draft, and a citation can point at any record.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    updated_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)
    search_text = models.TextField(
        default="", editable=False, help_text=_("Both languages, folded: what search reads. Derived, never edited.")
    )
    # {"hi": {"title": "the title that the Hindi was made from"}}: with the row, so that every copy of it knows.
    outdated = models.JSONField(_("outdated translations"), default=dict, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    # What people know a row by, as lookups: fixtures, sheets and ``natural_key`` follow it.
    key_lookups = ("slug",)
    # The bilingual field that names the row.
    label_field = "title"
    # Fields whose text, found in a note, becomes a link to this record's page.
    name_fields = ()
    # Relations to rows whose text is read as part of this one.
    search_through = ()
    # The bilingual fields that are Markdown, with references to other records in them.
    markdown_fields = ()
    # Those in which each line is a thing of its own, the same one in every language.
    line_fields = ()
    # The relation to the record that a row is a part of, if it is one; and those to the rows that are parts of it.
    whole_relation = None
    part_relations = ()
    # Set before save(): what changes is so small that the translations stay current.
    minor_edit = False
    # When a row last changed: pages that readers keep getting are kept no longer (apps/content/page_cache.py).
    changed_field = "updated_at"

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "import", "export")

    def __str__(self):
        return reading(self, self.label_field).text or gettext("(no title)")

    def save(self, *args, keep_outdated=False, **kwargs):
        """Saves, and leaves a version in the history, whoever asks. ``keep_outdated``: the row comes from a copy that
        says itself which of its translations are outdated.
        """
        self.make_ready()
        if not keep_outdated:
            self.outdated = outdated_now(self, minor_edit=self.minor_edit)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "updated_at", "search_text", "outdated"}
        # Joins the revision of the form, the import or the command, if there is one; also one that keeps no versions.
        with reversion.create_revision(manage_manually=reversion.is_active() and reversion.is_manage_manually()):
            super().save(*args, **kwargs)
        vocabulary.forget()

    def delete(self, *args, **kwargs):
        whole = self.whole
        with reversion.create_revision():
            deleted = super().delete(*args, **kwargs)
            if whole not in (None, self):
                reversion.add_to_revision(whole)
        vocabulary.forget()
        return deleted

    @property
    def whole(self):
        """The record that this one is read, published and kept with: itself, or what it is a part of."""
        return getattr(self, self.whole_relation) if self.whole_relation else self

    @property
    def written_in(self):
        """The code of the language that the texts are first written in; the others are its translations."""
        whole = self.whole
        return settings.MODELTRANSLATION_DEFAULT_LANGUAGE if whole in (None, self) else whole.written_in

    def natural_key(self):
        key = []
        for lookup in self.key_lookups:
            value = self
            for part in lookup.split("__"):
                value = getattr(value, part)
            key.append(value)
        return tuple(key)

    def clean(self):
        super().clean()
        self.tidy_texts()
        errors, self.damage = {}, self.find_damage()
        for name, damage in self.damage.items():
            if runs := [run for run in damage if run.certainty == Certainty.CERTAIN]:
                errors[name] = [damage_message(run) for run in runs]
        for name in language_columns(type(self)):
            if hidden := HIDDEN.search(getattr(self, name) or ""):
                sentence = gettext("Character %(start)s is an invisible sign, which can turn text around. Delete it.")
                errors.setdefault(name, []).append(sentence % {"start": hidden.start() + 1})
        for name in (each for field in self.markdown_fields for each in columns(field)):
            if missing := self.new_broken_references(name):
                references = ", ".join(missing)
                message = gettext("No record has this address: %(references)s.") % {"references": references}
                errors.setdefault(name, []).append(message)
        if self.label_field and not reading(self, self.label_field):
            for name in columns(self.label_field):
                errors.setdefault(name, []).append(gettext("Write this in at least one language."))
        if errors:
            raise ValidationError(errors)

    def doubtful_texts(self):
        """``["Title · Hindi: “…” is text from …"]``: what may be damage from an old font, but is not sure enough to be
        refused.
        """
        labels = column_labels(type(self))
        return [
            f"{labels[name]}: {damage_message(run)}"
            for name, damage in self.find_damage().items()
            for run in damage
            if run.certainty < Certainty.CERTAIN
        ]

    def find_damage(self):
        """``{"title_hi": [Damage, …]}``: what an old font left in the texts, only where it did."""
        found = {name: find_damage(getattr(self, name)) for name in language_columns(type(self))}
        return {name: damage for name, damage in found.items() if damage}

    def new_broken_references(self, name):
        """References in the column ``name`` that lead nowhere. One that stood there before, because its record was
        deleted since, does not keep an editor from mending something else.
        """
        if "](" not in (getattr(self, name) or ""):
            return []
        missing = unknown_references(getattr(self, name), vocabulary.models_by_reference())
        if not missing:
            return []
        before = type(self).objects.filter(pk=self.pk).values_list(name, flat=True).first() or ""
        return [reference for reference in missing if f"({reference})" not in before]

    def make_ready(self):
        """What is derived from the texts, just before they are stored."""
        self.tidy_texts()
        self.updated_at = timezone.now()
        self.search_text = self.compose_search_text()

    def tidy_texts(self):
        for name, one_line in text_columns(type(self)):
            text = getattr(self, name)
            if text and isinstance(text, str) and (tidy := tidied(text, one_line=one_line)) != text:
                setattr(self, name, tidy)

    def compose_search_text(self):
        keys = [getattr(self, lookup) for lookup in self.key_lookups if "__" not in lookup]
        texts = [key for key in keys if isinstance(key, str)]
        texts += [plain_text(getattr(self, name) or "") for name in language_columns(type(self))]
        return word_key("\n".join(texts))


def damage_message(run):
    """The sentence an editor reads about one :class:`~apps.languages.legacy.Damage`."""
    words = {"run": run.text, "start": run.start + 1, "reading": run.reading, "certainty": run.certainty.label}
    if run.reading:
        sentence = gettext(
            "“%(run)s” (character %(start)s) is text from an old Hindi font. It reads “%(reading)s” (%(certainty)s)."
        )
        return sentence % words
    return gettext("“%(run)s” (character %(start)s) looks like text from an old Hindi font; type it again.") % words


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ContentQuerySet(RecordQuerySet):
    def published(self):
        """What readers may see now: published, its time, if it has one, has come, and its end has not."""
        now = timezone.now()
        return self.filter(
            Q(publish_at__isnull=True) | Q(publish_at__lte=now),
            Q(withdraw_at__isnull=True) | Q(withdraw_at__gt=now),
            state=State.PUBLISHED,
        )

    shown = published


# What a room above has to say against address names: functions of a model and {pk: slug} that return {pk: sentence}.
address_rules = []


def wrong_addresses(model, slugs):
    """``{pk: [sentence, …]}`` for those of ``slugs`` (``{pk: slug}``) that a record of ``model`` may not have."""
    wrong = {}
    for rule in address_rules:
        for pk, sentence in rule(model, slugs).items():
            wrong.setdefault(pk, []).append(sentence)
    return wrong


# What a room above is doing to records: functions of a model, ids and a moment that return ``{pk: sentence}`` for those
# that were worked on since, so that an import of before is not taken back from under the work.
work_rules = []


def worked_on(model, pks, since):
    """``{pk: sentence}`` for those of the records of ``model`` that a room above has worked on ``since``."""
    found = {}
    for rule in work_rules:
        found |= rule(model, pks, since)
    return found


class Content(Record):
    """A record with a page of its own, which readers see once it is published."""

    slug = AddressNameField(
        _("address name"),
        max_length=80,
        unique=True,
        help_text=_(
            "The last part of the page's address: small Latin letters, digits and hyphens, one for both languages."
        ),
        error_messages={"unique": _("Another record already has this address name.")},
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        help_text=_("A published record appears at this time; empty means at once."),
    )

    withdraw_at = models.DateTimeField(
        _("withdraw at"),
        null=True,
        blank=True,
        help_text=_("Readers no longer see the record from this time; empty means that it stays."),
    )
    source_language = models.CharField(
        _("written in"), max_length=7, choices=settings.LANGUAGES, default=settings.MODELTRANSLATION_DEFAULT_LANGUAGE,
        help_text=_("The language the texts were first written in; the other one is their translation."),
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip

    objects = ContentQuerySet.as_manager()

    # Where a search finds several kinds alike, the lower number comes first.
    search_rank = 9
    # Whether each publication is kept as a numbered edition with an address of its own.
    keeps_editions = False
    # Set before clean() by whoever asked wrong_addresses() about many records at once.
    address_is_checked = False

    class Meta(Record.Meta):
        abstract = True
        # Beside the acts on every record: an author's on what they made themselves, and those on the way to readers.
        default_permissions = (*Record.Meta.default_permissions, "change_own", "review", "publish")

    @property
    def is_public(self):
        now = timezone.now()
        begun = self.publish_at is None or self.publish_at <= now
        return self.state == State.PUBLISHED and begun and (self.withdraw_at is None or self.withdraw_at > now)

    @property
    def written_in(self):
        return self.source_language

    def clean(self):
        super().clean()
        if not self.address_is_checked and (wrong := wrong_addresses(type(self), {self.pk: self.slug})):
            raise ValidationError({"slug": wrong[self.pk]})
        if self.publish_at and self.withdraw_at and self.withdraw_at <= self.publish_at:
            raise ValidationError({"withdraw_at": _("This is before the record appears. Choose a later time.")})


def content_models():
    """Every kind of public record, in the order of the installed apps."""
    return [model for model in apps.get_models() if issubclass(model, Content)]


def record_models():
    """Every kind of record that editors keep, public page or not."""
    return [model for model in apps.get_models() if issubclass(model, Record)]
