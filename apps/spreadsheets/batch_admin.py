"""The page of a sheet that came in: what it would do, whether it shall, what it did; and the list of all of them."""

import io

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from apps.content.models import record_models
from apps.spreadsheets import actions, corrections, undoing
from apps.spreadsheets.batch_filters import Kind, Standing, standing
from apps.spreadsheets.batch_page import context_of, context_of_undoing, counts_of
from apps.spreadsheets.formats import CSV, KINDS
from apps.spreadsheets.kinds import name_of
from apps.spreadsheets.models import Batch
from apps.spreadsheets.presenting import title_of
from apps.spreadsheets.progress import progress_of
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.translators.pages import translators_sheet
from apps.spreadsheets.translators.telling import pairs_of

State = Batch.State


@admin.register(Batch)
class BatchAdmin(admin.ModelAdmin):
    """Nothing is typed here: a batch is made by bringing a file and changed by the buttons of its page."""

    list_display = ["file_name", "kind", "state_badge", "counts", "uploaded_at", "who"]
    list_filter = [Standing, Kind]
    list_select_related = ["by"]
    list_per_page = 50
    ordering = ["-made_at"]
    sortable_by = []
    search_fields = ["file_name", "by__username"]
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css = {"all": ["spreadsheets/sheets.css"]}

    # --- Who may ------------------------------------------------------------------------------------------------------

    def sees_all(self, user):
        return user.has_perm("spreadsheets.view_batch")

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if self.sees_all(request.user) else rows.filter(by=request.user)

    def has_view_permission(self, request, obj=None):
        """Of one's own sheets; of all for who has the right. The list is there for whoever can bring a sheet."""
        if obj is not None:
            return self.sees_all(request.user) or obj.by_id == request.user.pk
        return self.sees_all(request.user) or any(
            bringing_of(request.user, name_of(model)) for model in record_models()
        )

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # --- The list -----------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("kind of sheet"))
    def kind(self, batch):
        return title_of(batch)

    @admin.display(description=gettext_lazy("by whom"))
    def who(self, batch):
        return (batch.by.get_full_name() or batch.by.get_username()) if batch.by else _("somebody at the server")

    @admin.display(description=gettext_lazy("uploaded"))
    def uploaded_at(self, batch):
        return batch.made_at

    @admin.display(description=gettext_lazy("state"))
    def state_badge(self, batch):
        look, words = standing(batch)
        return format_html('<span class="sheet-state sheet-{}">{}</span>', look, words)

    @admin.display(description=gettext_lazy("rows"))
    def counts(self, batch):
        """Only what there is: most sheets do one thing."""
        found = [(number, word) for number, word, _is_bad in counts_of(batch) if number != "0"]
        return format_html_join(" · ", "<span>{} {}</span>", found) or "–"

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Imported sheets"), "may_translate": bool(pairs_of(request.user))}
        return super().changelist_view(request, context | (extra_context or {}))

    # --- Its pages ----------------------------------------------------------------------------------------------------

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        kept = [each for each in super().get_urls() if each.name in {f"{name}_changelist", f"{name}_change"}]
        pages = {"progress": self.progress_view, "marked": self.marked_view, "errors": self.errors_view}
        own = [
            path(f"<path:object_id>/{page}/", self.admin_site.admin_view(require_GET(view)), name=f"{name}_{page}")
            for page, view in pages.items()
        ]
        undo = path("<path:object_id>/undo/", self.admin_site.admin_view(self.undo_view), name=f"{name}_undo")
        translators = self.admin_site.admin_view(translators_sheet)
        return [path("translators-sheet/", translators, name=f"{name}_translators_sheet"), undo, *own, *kept]

    def batch_at(self, request, object_id):
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            raise Http404
        return batch

    def change_view(self, request, object_id, form_url="", extra_context=None):
        batch, refusal = self.batch_at(request, object_id), []
        if request.method == "POST":
            try:
                self.act(request, batch)
            except Refused as refused:
                batch, refusal = self.batch_at(request, object_id), refused.sentences
            else:
                return redirect(reverse("admin:spreadsheets_batch_change", args=[batch.pk]))
        may_undo = actions.may_undo(batch, request.user)
        context = context_of(batch, request, may_undo=may_undo, refusal=refusal)
        return self.page(request, "admin/spreadsheets/batch.html", batch, context)

    def page(self, request, template, batch, context):
        request.current_app = self.admin_site.name
        common = {**self.admin_site.each_context(request), "opts": self.opts, "who": self.who(batch)}
        return TemplateResponse(request, template, {**common, **context})

    def undo_view(self, request, object_id):
        """The question whether a sheet shall be undone, or what is in the way; and the undoing itself."""
        batch = self.batch_at(request, object_id)
        if not actions.may_undo(batch, request.user):
            raise PermissionDenied
        try:
            self.expect(batch, State.IMPORTED)
            touched = self.undo(request, batch) if request.method == "POST" else undoing.touched(batch)
        except Refused as refused:
            messages.error(request, str(refused))
            touched = None
        if touched is None:
            return redirect(reverse("admin:spreadsheets_batch_change", args=[batch.pk]))
        context = context_of_undoing(batch, touched, request)
        return self.page(request, "admin/spreadsheets/undo.html", batch, context)

    def progress_view(self, request, object_id):
        response = JsonResponse(progress_of(self.batch_at(request, object_id)).as_json())
        add_never_cache_headers(response)
        return response

    def marked_view(self, request, object_id):
        batch = self.batch_at(request, object_id)
        if not batch.has_file:
            raise Http404
        try:
            data = corrections.marked(batch)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(reverse("admin:spreadsheets_batch_change", args=[batch.pk]))
        return download(data, batch, KINDS[batch.file_kind])

    def errors_view(self, request, object_id):
        batch = self.batch_at(request, object_id)
        return download(corrections.as_csv(batch), batch, CSV)

    # --- What its buttons do ------------------------------------------------------------------------------------------

    def act(self, request, batch):
        acts = {
            "confirm": self.confirm, "good_rows": self.confirm_good_rows, "cancel": self.cancel,
            "look_again": self.look_again,
        }  # fmt: skip
        for name in acts.keys() & request.POST.keys():
            acts[name](request, batch)

    def confirm(self, request, batch, *, good_rows=False):
        self.expect(batch, State.READY)
        actions.confirm(batch=batch, by=request.user, good_rows=good_rows)

    def confirm_good_rows(self, request, batch):
        if not request.POST.get("leave_refused"):
            raise Refused(_("Tick first that the refused rows are left out."))
        self.confirm(request, batch, good_rows=True)

    def cancel(self, request, batch):
        self.own(request, batch)
        self.expect(batch, State.READING, State.READY, State.FAILED, State.IMPORTING)
        actions.cancel(batch)
        if batch.state == State.IMPORTING:
            messages.info(request, _("The import stops after the rows in hand; then what it has written is put back."))

    def look_again(self, request, batch):
        self.own(request, batch)
        self.expect(batch, State.FAILED)
        if not bringing_of(request.user, batch.sheet):
            raise PermissionDenied
        if not batch.has_file:
            raise Refused(_("The file is no longer kept. Choose it again."))
        actions.look_again(batch)

    def undo(self, request, batch):
        """``[Touched, …]`` if that keeps it from being undone, else None."""
        try:
            actions.undo(batch=batch, by=request.user)
        except actions.Moved as moved:
            return moved.touched

    def own(self, request, batch):
        if batch.by_id != request.user.pk:
            raise PermissionDenied

    def expect(self, batch, *states):
        if batch.state not in states:
            raise Refused(actions.TOO_LATE)


def download(data, batch, kind):
    """``data``, bytes or an open file, as a file beside the one that was brought."""
    name = batch.file_name.rpartition(".")[0] or batch.file_name
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    return FileResponse(file, as_attachment=True, filename=f"{name}-errors.{kind.name}", content_type=kind.content_type)
