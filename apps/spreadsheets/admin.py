"""Import and export for a record's admin: the pages, who may open them, what a preview leaves behind."""

import reversion
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from import_export.admin import ImportExportMixin
from import_export.results import RowResult

from apps import audit
from apps.spreadsheets import uploads
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.exports import LoggedExportMixin
from apps.spreadsheets.formats import FORMATS
from apps.spreadsheets.forms import KINDS, ExportForm, ImportForm
from apps.spreadsheets.preview import digest_of, preview_of
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.resources import resource_for


class SheetAdminMixin(LoggedExportMixin, ImportExportMixin):
    """Put before ``ModelAdmin``: import with a preview, export of the list or selected rows, each by its own right."""

    formats = import_formats = export_formats = FORMATS

    def get_resource_classes(self, request):
        return [resource_for(self.model)]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_export_permission(request):
            label = gettext_lazy("Export selected %(verbose_name_plural)s")
            actions["export_selected"] = (type(self).export_selected, "export_selected", label)
        return actions

    # --- In ------------------------------------------------------------------------------------------------------

    def import_action(self, request, **kwargs):
        """The form; and once a file came, what it would change."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            data = form.cleaned_data["import_file"].read()
            try:
                return self.preview_page(request, form, form.kind, data)
            except Refused as refusal:
                form.add_error("import_file", refusal.sentences)
        return self.import_page(request, form)

    def preview_page(self, request, form, kind, data):
        """What the sheet would change now, and the ticket with which exactly that is confirmed."""
        result, ticket = self.run_import(kind, data, request, dry_run=True), ""
        preview = preview_of(result)
        if preview.changes:
            ticket = uploads.keep(data, kind=kind, user=request.user, model=self.model, shown=digest_of(result))
        return self.import_page(request, form, preview, ticket)

    def process_import(self, request, **kwargs):
        """The confirmed preview: all of it is written, or nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            kind, data, shown = uploads.claim(request.POST.get("ticket", ""), user=request.user, model=self.model)
            with transaction.atomic():
                result = self.run_import(kind, data, request, dry_run=False)
                if changed_meanwhile := digest_of(result) != shown:
                    transaction.set_rollback(True)
            if changed_meanwhile:
                messages.warning(request, _("Nothing was imported: the records have changed since the preview."))
                return self.preview_page(request, ImportForm(), kind, data)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.sheet_url("import"))
        new, changed = (result.totals[kind] for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE))
        audit.log(audit.Verb.IMPORTED, by=request.user, kind=self.opts.label_lower, new=new, changed=changed)
        return self.process_result(result, request)

    def run_import(self, kind, data, request, *, dry_run):
        dataset = KINDS[kind]().create_dataset(data)
        with reversion.create_revision():  # one for the whole sheet
            reversion.set_user(request.user)
            reversion.set_comment(gettext_noop("Imported from a sheet."))
            result = resource_for(self.model)().import_data(
                dataset, dry_run=dry_run, user=request.user, retain_instance_in_row_result=not dry_run
            )
            if dry_run or result.has_errors() or result.has_validation_errors():
                transaction.set_rollback(True)  # as the rows did not stay, their versions must not either
        return result

    def import_page(self, request, form, preview=None, ticket=""):
        return self.sheet_page(
            request,
            self.import_template_name,
            title=_("Import %(kinds)s") % {"kinds": self.opts.verbose_name_plural},
            form=form,
            preview=preview,
            ticket=ticket,
            columns=resource_for(self.model)().get_import_fields(),
            keys=resource_for(self.model)._meta.import_id_fields,
            clear_mark=CLEAR,
            reaches_readers="publish" in self.opts.default_permissions,
            has_export_permission=self.has_export_permission(request),
        )

    def add_success_message(self, result, request):
        sentence = _("Imported: %(new)s new, %(changed)s changed, %(same)s as they were.") % {
            "new": result.totals[RowResult.IMPORT_TYPE_NEW],
            "changed": result.totals[RowResult.IMPORT_TYPE_UPDATE],
            "same": result.totals[RowResult.IMPORT_TYPE_SKIP],
        }
        messages.success(request, sentence)

    def _create_log_entry(self, user_pk, rows, import_type, action_flag):
        message = _("Imported from a sheet.")
        LogEntry.objects.log_actions(user_pk, rows, action_flag, change_message=message, single_object=len(rows) == 1)

    # --- Out -----------------------------------------------------------------------------------------------------

    def export_action(self, request):
        """What the list shows with its filters and its search, or the rows that were selected in it."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_export_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"{self.sheet_url('changelist')}?e=1")
        form = ExportForm(request.POST or None)
        if form.is_valid():
            if form.cleaned_data["export_items"]:
                rows = rows.filter(pk__in=form.cleaned_data["export_items"])
            try:
                return self._do_file_export(KINDS[form.cleaned_data["format"]](), request, rows)
            except Refused as refusal:
                form.add_error(None, refusal.sentences)
        return self.export_page(request, form)

    def export_selected(self, request, queryset):
        selected = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return self.export_page(request, ExportForm(initial={"export_items": selected, "format": "xlsx"}))

    def export_page(self, request, form):
        title = _("Export %(kinds)s") % {"kinds": self.opts.verbose_name_plural}
        filters = request.GET.urlencode()
        address = self.sheet_url("export") + (f"?{filters}" if filters else "")
        if form["export_items"].value():
            explanation = _("The selected rows are exported, each language in a column of its own.")
        else:
            explanation = _(
                "All rows that the list shows with its filters are exported, each language in a column of its own."
            )
        words = {"title": title, "explanation": explanation}
        return self.sheet_page(request, self.export_template_name, **words, form=form, address=address)

    # --- Both ----------------------------------------------------------------------------------------------------

    def sheet_url(self, name):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", current_app=self.admin_site.name)

    def sheet_page(self, request, template, **context):
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )
