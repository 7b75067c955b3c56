"""The forms of the pages on which sheets come and go."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.languages.graphemes import shorten
from apps.spreadsheets.files.limits import MEGABYTE, limits
from apps.spreadsheets.files.reasons import refused
from apps.spreadsheets.formats import KINDS
from apps.spreadsheets.progress import grouped

CHOOSE = {"required": _("Choose one of these.")}
CSV_LOSES = _(
    "When Excel or LibreOffice open a CSV file, they change what looks like a date or a number: “March 1987” becomes "
    "03/01/87. Take a workbook, unless a program needs CSV."
)


class ImportForm(forms.Form):
    """The file says by its name what it is."""

    import_file = forms.FileField(
        label=_("Sheet"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{name}" for name in KINDS)}),
        error_messages={
            "required": _("Choose the file with the sheet first."),
            "empty": _("The file is empty. Save it again in your spreadsheet program, or choose another one."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = limits()
        sentence = _("An .xlsx, .ods or .csv file of at most %(megabytes)s MB and %(rows)s rows.")
        facts = {"megabytes": most.megabytes, "rows": grouped(most.rows)}
        self.fields["import_file"].help_text = sentence % facts

    def clean_import_file(self):
        file, most = self.cleaned_data["import_file"], limits()
        self.kind = file.name.rpartition(".")[2].lower()
        if self.kind not in KINDS:
            sentence = _("“%(name)s” is no sheet. Choose a file whose name ends in .xlsx, .ods or .csv.")
            raise ValidationError(sentence % {"name": shorten(file.name, 60)})
        if file.size > most.megabytes * MEGABYTE:
            raise ValidationError(refused("megabytes", most).sentences)
        return file


class ExportForm(forms.Form):
    """``export_items``: ids of the rows selected in the list, with commas between them; empty if none were."""

    LISTED, SELECTED, TEMPLATE = "listed", "selected", "template"

    format = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[(each.name, each.label) for each in KINDS.values()],
        widget=forms.RadioSelect,
        initial="xlsx",
        error_messages=CHOOSE,
        help_text=CSV_LOSES,
    )
    records = forms.ChoiceField(
        label=_("What is in it"),
        widget=forms.RadioSelect,
        initial=LISTED,
        error_messages=CHOOSE,
    )
    export_items = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, listed, pk, selected=0, has_template=True, **kwargs):
        """``listed`` and ``selected``: how many records the list shows, and how many of them were selected. ``pk``: the
        field of their ids.
        """
        super().__init__(*args, **kwargs)
        self.pk = pk
        in_list = ngettext(
            "The %(count)s record that the list shows", "The %(count)s records that the list shows", listed
        )
        chosen = ngettext("The %(count)s selected record", "The %(count)s selected records", selected)
        choices = [(self.LISTED, in_list % {"count": grouped(listed)})]
        if selected:
            choices.insert(0, (self.SELECTED, chosen % {"count": grouped(selected)}))
            self.fields["records"].initial = self.SELECTED
        if has_template:
            choices.append((self.TEMPLATE, _("No records: an empty template to fill in")))
        self.fields["records"].choices = choices

    def clean_export_items(self):
        return [self.pk.to_python(each) for each in self.cleaned_data["export_items"].split(",") if each]
