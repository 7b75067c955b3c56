"""What readers say about the notes."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from apps.content.text import sanitise
from apps.languages.fold import fold
from apps.topics.models import Topic


class CommentQuerySet(models.QuerySet):
    def approved(self):
        """What readers may see."""
        return self.filter(state=Comment.State.APPROVED)

    shown = approved

    def from_readers(self):
        return self.filter(is_editorial=False)

    def since(self, moment):
        return self.filter(created_at__gt=moment)

    def with_the_words(self, text):
        """Comments whose text is ``text`` but for what :func:`~apps.languages.fold.fold` evens out."""
        return self.filter(text_digest=digest(text))

    def search(self, query):
        """Comments in whose name or text every word of ``query`` stands, in any spelling that folding evens out."""
        found = self
        for word in fold(query).split():
            found = found.filter(search_text__contains=word)
        return found


class Comment(models.Model):
    """What one reader says about one study note, in answer to the note or to another reader."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        SPAM = "spam", _("spam")

    class Reason(models.TextChoices):
        """Why a moderator should look twice."""

        HONEYPOT = "honeypot", _("a field that people do not see was filled in")
        LINKS = "links", _("many links")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="comments", verbose_name=_("study note"))
    # SET_NULL: whoever takes a comment away must not take other people's answers with it.
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name=_("in reply to")
    )
    # Empty: a moderator without a public name.
    name = models.CharField(_("name"), max_length=80, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    text = models.TextField(_("text"), max_length=5000)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    held_reasons = models.JSONField(_("look twice"), default=list, blank=True)
    sender = models.CharField(
        max_length=64, blank=True, default="", editable=False,
        help_text=_("A keyed hash of the address and the day, never the address: for the limit on one sender."),
    )  # fmt: skip
    text_digest = models.CharField(max_length=64, editable=False, help_text=_("Of the folded text. Derived."))
    search_text = models.TextField(default="", editable=False, help_text=_("Name and text, folded. Derived."))
    is_editorial = models.BooleanField(_("by a moderator"), default=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = CommentQuerySet.as_manager()

    changed_field = "decided_at"

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        # No "add": comments come from readers. Nobody imports them either.
        default_permissions = ("view", "change", "delete", "export")
        permissions = [("view_email_comment", _("Can see and export the e-mail addresses of comments"))]
        indexes = [
            models.Index(fields=["topic", "state", "created_at"], name="comment_shown"),
            models.Index(fields=["sender", "created_at"], name="comment_by_sender"),
            models.Index(fields=["text_digest", "created_at"], name="comment_by_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | ~Q(state="waiting") & Q(decided_at__isnull=False),
                name="comment_decided_has_a_time",
                violation_error_message=_("A decided comment says when it was decided."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="comment_not_its_own_parent",
                violation_error_message=_("A comment can't answer itself."),
            ),
        ]

    def __str__(self):
        return gettext("%(name)s on “%(note)s”") % {"name": self.shown_name, "note": self.topic}

    def save(self, *args, **kwargs):
        self.clean()
        self.text_digest = digest(self.text)
        self.search_text = fold(f"{self.name}\n{self.text}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Its place on the note's page, in the language it was written in."""
        with override(self.language):
            return f"{self.topic.get_absolute_url()}#{self.anchor}"

    def clean(self):
        if self.parent and (self.parent.parent_id or self.parent.topic_id != self.topic_id):
            raise ValidationError({"parent": _("Only a first-level comment on the same note can be answered.")})

    @property
    def anchor(self):
        return f"comment-{self.pk}"

    @property
    def shown_name(self):
        return self.name or gettext("Moderator")

    @property
    def thread(self):
        """The first-level comment under which an answer to this one stands."""
        return self.parent or self

    @property
    def html(self):
        """The text as paragraphs and line breaks. Whatever looks like markup in it was typed as text and stays text."""
        return mark_safe(sanitise(linebreaks(self.text, autoescape=True)))  # noqa: S308 - sanitise() is the last step

    @property
    def held_reasons_in_words(self):
        return ", ".join(str(self.Reason(reason).label) for reason in self.held_reasons)


# What moderators have to do first: those that wait, then the newest.
WAITING_FIRST = Case(When(state=Comment.State.WAITING, then=0), default=1)


def digest(text):
    return hashlib.sha256(fold(text).encode()).hexdigest()
