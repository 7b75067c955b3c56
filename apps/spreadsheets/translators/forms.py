"""The form by which a translator's sheet is taken."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.spreadsheets.formats import KINDS
from apps.spreadsheets.forms import CHOOSE, CSV_LOSES
from apps.spreadsheets.kinds import name_of
from apps.spreadsheets.progress import grouped
from apps.spreadsheets.translators.columns import language_name
from apps.spreadsheets.translators.counting import has_translations, open_texts
from apps.spreadsheets.translators.selection import ALL, OPEN
from apps.spreadsheets.translators.telling import in_words


class TranslationsForm(forms.Form):
    """Which languages, which texts, which kind of file; what of the portal, a subclass says."""

    NEEDED, EVERY = "needed", "every"
    # What is said where it is known that no translation is missing or outdated.
    nothing_open = ""

    languages = forms.ChoiceField(label=_("Languages"), widget=forms.RadioSelect, error_messages=CHOOSE)
    texts = forms.ChoiceField(
        label=_("Which texts"),
        choices=[(NEEDED, _("Only what needs work: missing and outdated translations")), (EVERY, _("All texts"))],
        widget=forms.RadioSelect,
        initial=NEEDED,
        error_messages=CHOOSE,
    )
    format = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[(each.name, each.label) for each in KINDS.values()],
        widget=forms.RadioSelect,
        initial="xlsx",
        error_messages=CHOOSE,
        help_text=CSV_LOSES,
    )

    def __init__(self, data=None, *, pairs, **kwargs):
        """``pairs``: ``[("en", "hi"), …]``, of which the first is chosen; the only one needs no question."""
        super().__init__(data, **kwargs)
        self.pairs = {":".join(pair): pair for pair in pairs}
        languages = self.fields["languages"]
        languages.choices = [(name, in_words(pair)) for name, pair in self.pairs.items()]
        languages.initial = next(iter(self.pairs))
        if len(pairs) == 1:
            languages.widget = forms.HiddenInput()

    @property
    def asked(self):
        """``(source, target, states, kind of file)``"""
        said = self.cleaned_data
        states = OPEN if said["texts"] == self.NEEDED else ALL
        return (*self.pairs[said["languages"]], states, said["format"])


class OfKindsForm(TranslationsForm):
    """Of all records of some kinds."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of record, and how many of their texts need work"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one kind of record.")},
    )
    field_order = ["languages", "texts", "kinds", "format"]

    def __init__(self, data=None, *, pairs, models, **kwargs):
        super().__init__(data, pairs=pairs, **kwargs)
        self.models = {name_of(model): model for model in models}
        targets = list(dict.fromkeys(target for _source, target in pairs))
        kinds, counts = self.fields["kinds"], {name: open_texts(model, targets) for name, model in self.models.items()}
        kinds.choices = [(name, _in_words(model, counts[name])) for name, model in self.models.items()]
        kinds.initial = list(self.models)
        if not any(any(each.values()) for each in counts.values()):
            self._offer_the_rest()

    def _offer_the_rest(self):
        """All texts, where there are any: not from Hindi into English, if every record was first written in English."""
        targets = {target for _source, target in self.pairs.values()}
        into = {
            name: {code for code in targets if has_translations(model, code)} for name, model in self.models.items()
        }
        rest = {name: pair for name, pair in self.pairs.items() if any(pair[1] in codes for codes in into.values())}
        self.nothing_open = _rest_in_words(list(rest.values()), every=rest == self.pairs)
        if rest:
            self.fields["texts"].initial, self.fields["languages"].initial = self.EVERY, next(iter(rest))
            self.fields["kinds"].initial = [name for name, codes in into.items() if codes]
        if rest and not all(into.values()):
            self.nothing_open += " " + gettext("The kinds of record that are not ticked have none.")

    def records(self, request, admin_site):
        """``{model: queryset}``: what the person's lists show of the chosen kinds."""
        chosen = [self.models[name] for name in self.cleaned_data["kinds"]]
        return {model: admin_site.get_model_admin(model).get_queryset(request) for model in chosen}


class OfSelectedForm(TranslationsForm):
    """Of the rows that were selected in a list. ``items``: their ids, with commas between them."""

    kind = forms.CharField(widget=forms.HiddenInput)
    items = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, pairs, model, items="", **kwargs):
        super().__init__(data, pairs=pairs, initial={"kind": name_of(model), "items": items}, **kwargs)
        self.model, self.kinds, self.count = model, model._meta.verbose_name_plural, grouped(len(items.split(",")))

    def clean_items(self):
        field = forms.UUIDField()
        return [field.clean(each) for each in self.cleaned_data["items"].split(",")]

    def records(self, request, admin_site):
        listed = admin_site.get_model_admin(self.model).get_queryset(request)
        return {self.model: listed.filter(pk__in=self.cleaned_data["items"])}


def _rest_in_words(pairs, *, every):
    """Between which languages texts are there although nothing is open; ``every``: between all that one may choose."""
    if every:
        return gettext("No translation is missing or outdated. You can still take all texts.")
    if pairs:
        sentence = gettext("No translation is missing or outdated. You can still take all texts: %(pairs)s.")
        return sentence % {"pairs": "; ".join(map(in_words, pairs))}
    return gettext(
        "There is nothing to take: no translation is missing or outdated, and no text has to be translated into the "
        "language in which it was first written."
    )


def _in_words(model, counts):
    """``Events (12)``; where one may translate into several languages ``Events (English: 3, Hindi: 12)``."""
    counts = {code: grouped(count) for code, count in counts.items()}
    if len(counts) > 1:
        counts = {code: f"{language_name(code)}: {count}" for code, count in counts.items()}
    return f"{capfirst(str(model._meta.verbose_name_plural))} ({', '.join(counts.values())})"
