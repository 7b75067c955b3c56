"""The form a reader fills in. Whatever was typed comes back with it, each error a sentence that says what to do."""

import regex
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.comments import signatures
from apps.comments.models import Comment
from apps.languages.graphemes import words
from apps.languages.signs import one_line_ending

# What a database, a page or a spreadsheet can't hold: control signs, lone surrogates, noncharacters.
UNREADABLE = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
COMMENT_NUMBER = regex.compile("[0-9]{1,18}")


def readable(text):
    """``text`` with ``�`` for every sign that can't be kept, so that the form can show where it stands."""
    return UNREADABLE.sub(REPLACEMENT, text)


def answerable(topic, number):
    """The public comment on ``topic`` that has this ``number`` (a text from outside), or None."""
    if not COMMENT_NUMBER.fullmatch(number):
        return None
    return Comment.objects.approved().filter(topic=topic, pk=number).select_related("parent").first()


class TypedField(forms.CharField):
    """Text that a person typed: at least one word, every sign readable, one kind of line ending."""

    def to_python(self, value):
        # Browsers send CRLF, which would count each line break twice against the limit.
        text = one_line_ending(value or "")
        return super().to_python(readable(text))

    def validate(self, value):
        super().validate(value)
        if REPLACEMENT in value:
            raise forms.ValidationError(
                _("Some signs could not be read. Each is shown as �: take it out or type it again."), code="unreadable"
            )

    def run_validators(self, value):
        super().run_validators(value)
        if value and not words(value):
            raise forms.ValidationError(_("Write at least one word here."), code="wordless")

    def widget_attrs(self, widget):
        # No maxlength: browsers cut what is pasted without a word. The limit has a sentence instead.
        return {}


class CommentTextField(TypedField):
    """Several lines, as long as a comment may be."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 8}))
        super().__init__(
            max_length=5000,
            error_messages={
                "required": _("Write your comment."),
                "max_length": _("Keep the comment to 5,000 characters; this one has %(show_value)d."),
            },
            **kwargs,
        )


class CommentForm(forms.Form):
    """A comment on ``topic``; ``answered`` is the comment it replies to, or None."""

    use_required_attribute = False  # the browser's own bubbles name neither the field nor the language of the page

    token = forms.CharField(required=False, widget=forms.HiddenInput)
    reply = forms.CharField(required=False, widget=forms.HiddenInput)
    name = TypedField(
        label=_("Your name"),
        max_length=80,
        help_text=_("It is shown with your comment. It need not be your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter a name, for example your first name."),
            "max_length": _("Keep the name to 80 characters; this one has %(show_value)d."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail (optional)"),
        required=False,
        max_length=254,
        help_text=_("Never shown. A moderator may write to you about your comment."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("This is not an e-mail address. Write it like name@example.org, or leave it empty."),
            "max_length": _("This e-mail address is too long. Check it, or leave it empty."),
        },
    )
    text = CommentTextField(
        label=_("Your comment"),
        help_text=_("Plain text, at most 5,000 characters. An empty line begins a new paragraph."),
    )
    # Programs fill in every field; people do not see this one. No password manager knows the name.
    subject = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data=None, *, topic, answered=None):
        # The form is shown again with what was typed: it must be something that a page can hold.
        super().__init__(data and {name: readable(value) for name, value in data.items()})
        self.topic = topic
        self.answered = answered
        self.next_token = ""
        del self.fields["email"].widget.attrs["maxlength"]  # as in TypedField

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        token = self.cleaned_data.get("token", "")
        objection = signatures.objection_to(token, self.topic)
        if objection:
            sentence, usable = objection
            self.add_error(None, sentence)
            token = token if usable else ""
        self.next_token = token
        number = self.cleaned_data.get("reply", "")
        self.answered = answerable(self.topic, number) if number else None
        if number and not self.answered:
            self.add_error(
                None,
                gettext("The comment you reply to is not there any more. Send yours again and it stands on its own."),
            )
        return self.cleaned_data

    @property
    def token_to_send(self):
        """The token that came if it still holds, so that the wait before a second try is not counted anew."""
        return self.next_token or signatures.token_for(self.topic)
