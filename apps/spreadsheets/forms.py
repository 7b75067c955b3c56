from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.spreadsheets.formats import FORMATS
from apps.spreadsheets.reading import MAX_BYTES, MEGABYTE

KINDS = {each.name: each for each in FORMATS}


class ImportForm(forms.Form):
    """The file says by its name what it is."""

    import_file = forms.FileField(
        label=_("Sheet"),
        # Not "%", which would fix its language when this module is imported.
        help_text=format_lazy(
            _("An .xlsx, .ods or .csv file of at most {megabytes} MB. The first sheet of a workbook is read."),
            megabytes=MAX_BYTES // MEGABYTE,
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{name}" for name in KINDS)}),
    )

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        self.kind = file.name.rpartition(".")[2].lower()
        if self.kind not in KINDS:
            raise ValidationError(_("Choose a file whose name ends in .xlsx, .ods or .csv."))
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than %(megabytes)s MB.") % {"megabytes": MAX_BYTES // MEGABYTE})
        return file


class ExportForm(forms.Form):
    """``export_items``: ids of the rows selected in the list, with commas between them; empty for all rows."""

    format = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[(each.name, each.label) for each in FORMATS],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    export_items = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_export_items(self):
        field = forms.UUIDField()
        return [field.clean(each) for each in self.cleaned_data["export_items"].split(",") if each]
