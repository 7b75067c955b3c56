"""Import and export for a record's admin: the pages on which a sheet comes in and goes out, and who may open them."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin

from apps.spreadsheets import actions
from apps.spreadsheets.batch_admin import BatchAdmin
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.exporting import export
from apps.spreadsheets.exports import log_export
from apps.spreadsheets.formats import FORMATS, KINDS
from apps.spreadsheets.forms import ExportForm, ImportForm
from apps.spreadsheets.kinds import name_of
from apps.spreadsheets.outward import outward
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.translators.pages import may_take_translations, page_of_selected
from apps.spreadsheets.translators.telling import pairs_of

__all__ = ["BatchAdmin", "ExportAdminMixin", "SheetAdminMixin"]


class ExportAdminMixin:
    """Put before django-import-export's ``ExportMixin``, whose button, address and right these are: a page to take a
    sheet.
    """

    formats = export_formats = FORMATS

    def sheet_to_export(self, request):
        return RecordSheet(self.model)

    @property
    def may_be_filled_in(self):
        """Whether there is an empty template: what nobody brings in has none."""
        return self.model not in outward

    @property
    def export_explanation(self):
        return _("Each language has a column of its own. A workbook also has a sheet that explains the columns.")

    def get_actions(self, request):
        known = super().get_actions(request)
        if self.has_export_permission(request):
            label = gettext_lazy("Export selected %(verbose_name_plural)s")
            known["export_selected"] = (type(self).export_selected, "export_selected", label)
        return known

    def export_action(self, request):
        """What the list shows with its filters and its search, the rows that were selected in it, or a template."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_export_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"{self.sheet_url('changelist')}?e=1")
        selected = request.POST.get("export_items", "")
        form = self.export_form(listed, selected, request.POST or None)
        if form.is_valid():
            try:
                return self.file_response(request, form.cleaned_data["format"], self.asked_for(form, listed))
            except Refused as refusal:
                form.add_error(None, refusal.sentences)
        return self.export_page(request, form)

    def export_selected(self, request, queryset):
        if request.POST.get("select_across") == "1":  # all that the list shows: no need to name them one by one
            return self.export_page(request, self.export_form(queryset, ""))
        selected = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return self.export_page(request, self.export_form(self.get_export_queryset(request), selected))

    def translate_selected(self, request, queryset):
        return page_of_selected(request, self.model, queryset)

    def export_form(self, listed, selected, data=None):
        chosen = len(selected.split(",")) if selected else 0
        return ExportForm(
            data, listed=listed.count(), selected=chosen, pk=self.opts.pk, has_template=self.may_be_filled_in,
            initial={"export_items": selected},
        )  # fmt: skip

    def asked_for(self, form, listed):
        """The records to export; ``None`` for a template."""
        asked = form.cleaned_data["records"]
        if asked == form.TEMPLATE:
            return None
        return listed.filter(pk__in=form.cleaned_data["export_items"]) if asked == form.SELECTED else listed

    def file_response(self, request, kind, records):
        sheet = self.sheet_to_export(request)
        file = export(kind, sheet, self.model.objects.none() if records is None else records)
        if records is not None:
            log_export(request.user, name_of(self.model), count=records.count(), kind=kind)
        what = _("template") if records is None else localdate().isoformat()
        name = f"{self.opts.verbose_name_plural}-{what}.{kind}"
        return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind].content_type)

    def export_page(self, request, form):
        title = _("Export %(kinds)s") % {"kinds": self.opts.verbose_name_plural}
        filters = request.GET.urlencode()
        address = self.sheet_url("export") + (f"?{filters}" if filters else "")
        words = {"title": title, "explanation": self.export_explanation}
        return self.sheet_page(request, self.export_template_name, **words, form=form, address=address)

    def sheet_url(self, name):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", current_app=self.admin_site.name)

    def sheet_page(self, request, template, **context):
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )


class SheetAdminMixin(ExportAdminMixin, ImportExportMixin):
    """Put before ``ModelAdmin``: a page to bring a sheet, a page to take one, each by its own right.

    The buttons, the addresses and the codes of the rights are django-import-export's; what a sheet that was brought
    would do, and the question whether it shall, are on the page of its batch (:class:`BatchAdmin`).
    """

    import_formats = FORMATS

    def get_urls(self):
        dropped = f"{self.opts.app_label}_{self.opts.model_name}_process_import"
        return [pattern for pattern in super().get_urls() if pattern.name != dropped]

    def get_actions(self, request):
        known = super().get_actions(request)
        if may_take_translations(request, self.model):
            label = gettext_lazy("Translator's sheet of selected %(verbose_name_plural)s")
            known["translate_selected"] = (type(self).translate_selected, "translate_selected", label)
        return known

    def import_action(self, request, **kwargs):
        """The form; once a file came, on to the page of its batch."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file = form.cleaned_data["import_file"]
            batch = actions.receive(
                data=file.read(),
                file_name=file.name,
                file_kind=form.kind,
                sheet=name_of(self.model),
                by=request.user,
                language=get_language(),
            )
            return redirect(reverse("admin:spreadsheets_batch_change", args=[batch.pk]))
        return self.import_page(request, form)

    def import_page(self, request, form):
        sheet, bringing = RecordSheet(self.model), bringing_of(request.user, name_of(self.model))
        sheets = [(each, columns_to_bring(each, bringing)) for each in [sheet, *sheet.parts]]
        return self.sheet_page(
            request,
            self.import_template_name,
            title=_("Import %(kinds)s") % {"kinds": self.opts.verbose_name_plural},
            form=form,
            sheets=sheets,
            keys=[sheet.columns[name].label for name in sheet.keys],
            bringing=bringing,
            may_translate=bool(pairs_of(request.user)),
            may_bring=[column.label for each, columns in sheets for column, may in columns if may],
            clear_mark=CLEAR,
            has_export_permission=self.has_export_permission(request),
        )


def columns_to_bring(sheet, bringing):
    """``[(column, whether somebody with this bringing may write it), …]`` of all columns of ``sheet``."""
    writable = {name for name in sheet.columns if bringing.may_write(sheet.model, name)}
    return [(column, column.name in writable) for column in sheet.all_columns]
