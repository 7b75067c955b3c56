from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.editorial.layout import script_attributes
from apps.topics.models import Section, Topic
from apps.topics.pasting import damage, files
from apps.topics.pasting.parsing import opening_words, parse
from apps.topics.pasting.rows import free_slug, problems, rows_of, too_much
from apps.topics.pasting.scripts import is_in_two_languages

TITLE_LENGTH = Topic._meta.get_field("title").max_length
# Ticks on one page; “all” takes the others too.
MOST_TICKS = 200


def label_of(model, name):
    return capfirst(model._meta.get_field(name).verbose_name)


class TextField(forms.CharField):
    """The pasted text, as long as a file may be."""

    def __init__(self, **options):
        super().__init__(strip=False, **options)

    def to_python(self, value):
        return files.tidy(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        files.check_size(len(value.encode()))


class PasteForm(forms.Form):
    """The text, or a file with it, and what is known about it."""

    text = TextField(
        label=label_of(Section, "body"),
        required=False,
        help_text=gettext_lazy(
            "Plain text or Markdown. Headings are found by their numbers (“1. Heading”) or marks (“## Heading”)."
        ),
        widget=forms.Textarea(attrs={"rows": 22}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=format_lazy(
            gettext_lazy("A .txt or .md file in UTF-8 of at most {most} kB."), most=files.MOST_KILOBYTES
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(files.ENDINGS)}),
    )
    language = forms.ChoiceField(
        label=label_of(Topic, "source_language"),
        choices=[("", gettext_lazy("as the text shows")), *settings.LANGUAGES],
        required=False,
    )
    title = forms.CharField(
        label=label_of(Topic, "title"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=gettext_lazy("Empty: taken from the text."),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        return files.text_of(upload) if upload else ""

    def clean(self):
        if self.errors:
            return
        pasted, chosen = self.cleaned_data["text"], self.cleaned_data["file"]
        if pasted.strip() and chosen.strip():
            raise ValidationError(_("There are a text and a file. Empty the text, or choose no file."))
        text = chosen if chosen.strip() else pasted
        if not text.strip():
            raise ValidationError(_("Paste a text, or choose a file with one."))
        self.cleaned_data["text"] = text
        self.note = parse(text, self.cleaned_data["language"])
        if sentences := too_much(self.note):
            raise ValidationError(sentences)

    @cached_property
    def text_to_show(self):
        """What the text field shows when the page comes back: no file can be chosen for somebody, so its text."""
        known = getattr(self, "cleaned_data", {})
        pasted = known.get("text") or self["text"].value() or ""
        return pasted if pasted.strip() else known.get("file") or pasted


class DraftForm(forms.Form):
    """The last look before the draft is made. The text travels with it and is read again; nothing is stored before."""

    text = TextField(widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=label_of(Topic, "source_language"), choices=settings.LANGUAGES, widget=forms.HiddenInput
    )
    title = forms.CharField(label=label_of(Topic, "title"), max_length=TITLE_LENGTH)
    slug = forms.CharField(
        label=label_of(Topic, "slug"),
        max_length=Topic._meta.get_field("slug").max_length,
        help_text=Topic._meta.get_field("slug").help_text,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    all_certain = forms.BooleanField(required=False)
    take_out_signs = forms.BooleanField(required=False)

    def __init__(self, text, note, data=None, *, title="", by=None):
        super().__init__(data)
        self.is_in_two_languages = is_in_two_languages(text)
        self.source, self.note, self.by = text, note, by
        self.places = damage.places(text)
        self.hidden_signs = damage.count_hidden_signs(text)
        self.title_is_ours = not (title or self.note.title)
        shown = title or proposed_title(self.note)
        self.initial = {"text": text, "language": self.note.language, "title": shown, "slug": free_slug(shown)}
        self.fields["title"].widget.attrs.update(script_attributes(self.note.language))
        certain = [place.key for place in self.places if place.is_certain]
        self.certain_count = len(certain)
        self.fields["readings"] = forms.MultipleChoiceField(choices=[(key, key) for key in certain], required=False)
        for section in self.unnamed:
            self.fields[heading_name(section)] = self._heading_field(section)
            self.initial[heading_name(section)] = section.heading

    @property
    def unnamed(self):
        return [section for section in self.note.sections if section.is_named_by_us]

    def _heading_field(self, section):
        widget = forms.TextInput(attrs=script_attributes(self.note.language))
        most = Section._meta.get_field("heading").max_length
        return forms.CharField(label=label_of(Section, "heading"), max_length=most, widget=widget)

    def clean(self):
        if self.errors:
            return
        note = self.final_note()
        self.rows = rows_of(
            note,
            title=self._mended("title", proposed_title(note)),
            slug=self.cleaned_data["slug"],
            headings={
                section.start_line: self._mended(heading_name(section), section.heading)
                for section in note.sections
                if heading_name(section) in self.cleaned_data
            },
            by=self.by,
        )
        found = {"": too_much(note)} if too_much(note) else problems(*self.rows, note)
        for name, sentences in found.items():
            self.add_error(name or None, [ValidationError(each) for each in sentences])

    def final_note(self):
        """The note with what was ticked done to its text."""
        keys = {place.key for place in self.places if place.is_certain}
        if not self.cleaned_data["all_certain"]:
            keys &= set(self.cleaned_data["readings"])
        text = damage.repaired(self.source, keys)
        if self.cleaned_data["take_out_signs"]:
            text = damage.without_hidden_signs(text)
        return self.note if text == self.source else parse(text, self.note.language)

    def _mended(self, name, proposed):
        """What was typed; or, where our proposal was left as it was, the proposal from the mended text."""
        typed = self.cleaned_data[name]
        return proposed if proposed and typed == self.initial[name].strip() and typed != proposed else typed


def proposed_title(note):
    """The note's own, else its opening words."""
    first = note.sections[0] if note.sections else None
    return note.title or opening_words(note.summary or (first and (first.body or first.heading)) or "")


def heading_name(section):
    return f"heading_{section.start_line}"
