"""Questions with which a learner checks what stayed of a note."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.content.models import Record
from apps.languages.fields import columns, reading
from apps.topics.models import Topic


class Question(Record):
    """A practice question on a note: multiple choice if it has choices, else a short answer."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="questions", verbose_name=_("study note"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    question = models.TextField(_("question"), blank=True, default="")
    choices = models.TextField(
        _("choices"),
        blank=True,
        default="",
        help_text=_("Multiple choice only: one a line, in the same order in both languages."),
    )
    correct = models.PositiveSmallIntegerField(
        _("right choice"), null=True, blank=True, help_text=_("The number of the line with the right choice.")
    )
    answer = models.TextField(
        _("answer"), blank=True, default="", help_text=_("A model answer, or why the choice is right.")
    )

    key_lookups = ("topic__slug", "position")
    label_field = "question"
    line_fields = ("choices",)

    class Meta(Record.Meta):
        verbose_name = _("practice question")
        verbose_name_plural = _("practice questions")
        ordering = ["topic", "position"]

    def get_absolute_url(self):
        return self.topic.get_absolute_url()

    @property
    def written_in(self):
        return self.topic.written_in

    @property
    def options(self):
        """``[(text, is it the right one), …]`` as the reader reads them; empty for a short answer."""
        lines = reading(self, "choices").text.splitlines()
        return [(line.strip(), number == self.correct) for number, line in enumerate(lines, start=1)]

    def clean(self):
        super().clean()
        counts = {name: len((getattr(self, name) or "").splitlines()) for name in columns("choices")}
        filled = {name: count for name, count in counts.items() if count}
        if len(set(filled.values())) > 1:
            message = _("Both languages need the same choices in the same order.")
            raise ValidationError(dict.fromkeys(filled, message))
        if any(count < 2 for count in filled.values()):
            message = _("A choice needs something to choose from: two lines or more.")
            raise ValidationError(dict.fromkeys(filled, message))
        if filled and not 1 <= (self.correct or 0) <= min(filled.values()):
            raise ValidationError({"correct": _("Give the number of the right choice.")})
        if self.correct and not filled:
            raise ValidationError({"correct": _("This question has no choices.")})
