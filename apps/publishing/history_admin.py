"""The history of a record at the desk: who changed what and when, the comparison of two versions, what was deleted."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.content.models import Content
from apps.publishing import comparing, deleted, history, live, presenting, restoring, timeline

ON_A_PAGE = 20


def desk_address(model, page, *further):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=further)


class HistoryMixin:
    """For an admin class, before all others. Every right is asked of its ``has_…_permission`` methods."""

    change_list_template = "admin/publishing/change_list.html"

    def get_urls(self):
        views = [
            ("<path:object_id>/history/compare/", self.compare_view, "compare"),
            ("deleted/", self.deleted_view, "deleted"),
            ("deleted/<uuid:pk>/", self.deleted_record_view, "deleted_record"),
        ]
        own = [
            path(there, self.admin_site.admin_view(view), name=f"{self.opts.app_label}_{self.opts.model_name}_{page}")
            for there, view, page in views
        ]
        return [*own, *super().get_urls()]

    def history_address(self, page, *further):
        return desk_address(self.model, page, *further)

    # --- Ways of writing ----------------------------------------------------------------------------------------------

    def delete_view(self, request, object_id, extra_context=None):
        return self.as_one_act(request, gettext_noop("Deleted."), super().delete_view, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        comment = gettext_noop("Changed in the list.") if "_save" in request.POST else gettext_noop("Action on a list.")
        shown = {"deleted_url": self.history_address("deleted") if self.may_bring_back(request) else ""}
        return self.as_one_act(request, comment, super().changelist_view, {**shown, **(extra_context or {})})

    def as_one_act(self, request, comment, view, *args):
        if request.method != "POST":
            return view(request, *args)
        with history.act(request.user, comment):
            return view(request, *args)

    # --- History ------------------------------------------------------------------------------------------------------

    def history_view(self, request, object_id, extra_context=None):
        record = self.record_with_history(request, object_id)
        if self.model.whole_relation:
            return redirect(desk_address(type(record.whole), "history", record.whole.pk))
        places = timeline.places(record)
        page = Paginator(places, ON_A_PAGE).get_page(request.GET.get("p"))
        rows = timeline.rows(record, places, page.start_index() - 1, page.end_index()) if places else []
        return self.history_page(request, "history", title=_("History"), record=record, page=page, rows=rows)

    def record_with_history(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def compare_view(self, request, object_id):
        record = self.record_with_history(request, object_id)
        if self.model.whole_relation:
            raise Http404
        older, newer = comparing.sides(record, request.GET.get("from"), request.GET.get("to") or comparing.NOW)
        may_restore = self.has_change_permission(request, record)
        if request.method == "POST":
            if not may_restore:
                raise PermissionDenied
            if self.restored(request, record, older, newer):
                return redirect(self.history_address("history", record.pk))
        context = {
            "older": older,
            "newer": newer,
            "groups": comparing.differences(self.model, older, newer),
            "life": comparing.life_changes(self.model, older, newer),
            "may_restore": may_restore and older.entry,
            "is_live": live.is_live(record),
            "chosen": request.POST.getlist("cell"),
        }
        return self.history_page(request, "compare", title=_("Compare two versions"), record=record, **context)

    def restored(self, request, record, older, newer):
        """Whether what was chosen came back; the messages say what happened."""
        if "everything" in request.POST:
            cells = restoring.all_cells(live.working_copy(record)[0], older.snapshot)
        else:
            cells = comparing.chosen_cells(self.model, request.POST.getlist("cell"), older, newer)
        if not cells:
            messages.warning(request, _("Nothing was chosen. Tick what you want to bring back."))
            return False
        try:
            lost = restoring.restore(record=record, old=older.snapshot, cells=cells, by=request.user)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return False
        self.log_change(request, record, gettext_noop("Brought back from an earlier version."))
        self.say_what_is_lost(request, lost)
        messages.success(request, self.where_it_is_now(record))
        return True

    def where_it_is_now(self, record):
        if live.is_live(record):
            sentence = _("Brought back into the draft. Readers see it when you publish it: %(link)s.")
            page, words = "publishing", _("review and publish")
        else:
            sentence, page, words = _("Brought back: %(link)s."), "change", _("open the form")
        link = format_html('<a href="{}">{}</a>', self.history_address(page, record.pk), words)
        return format_html(sentence.replace("%(link)s", "{}"), link)

    def say_what_is_lost(self, request, lost):
        for name in dict.fromkeys(lost):
            messages.warning(request, _("Left out, as what it stood on was deleted: %(what)s.") % {"what": name})

    # --- What was deleted ---------------------------------------------------------------------------------------------

    def may_bring_back(self, request):
        rights = (self.has_view_permission, self.has_delete_permission, self.has_add_permission)
        return not self.model.whole_relation and all(may(request) for may in rights)

    def deleted_view(self, request):
        self.check_may_bring_back(request)
        page = Paginator(deleted.deleted_records(self.model), ON_A_PAGE).get_page(request.GET.get("p"))
        title = _("Deleted: %(kinds)s") % {"kinds": self.opts.verbose_name_plural}
        return self.history_page(request, "deleted", title=title, page=page, gone=deleted.with_labels(page.object_list))

    def deleted_record_view(self, request, pk):
        self.check_may_bring_back(request)
        gone = deleted.deleted_record(self.model, pk)
        if gone is None:
            raise Http404
        if request.method == "POST":
            try:
                record, lost = deleted.bring_back(model=self.model, gone=gone, by=request.user)
            except ValidationError as error:
                for sentence in error.messages:
                    messages.error(request, sentence)
            else:
                return self.back_again(request, record, lost)
        text = deleted.last_text(self.model, gone)
        records, others = deleted.stays_away(self.model)
        context = {
            "gone": gone,
            "groups": comparing.grouped(presenting.contents(self.model, text)),
            "records": [(each._meta.verbose_name_plural, desk_address(each, "deleted")) for each in records],
            "others": [each._meta.verbose_name_plural for each in others],
            "is_content": issubclass(self.model, Content),
        }
        return self.history_page(request, "deleted_record", title=gone.label, **context)

    def check_may_bring_back(self, request):
        if self.model.whole_relation:
            raise Http404
        if not self.may_bring_back(request):
            raise PermissionDenied

    def back_again(self, request, record, lost):
        self.log_addition(request, record, gettext_noop("Brought back after it was deleted."))
        self.say_what_is_lost(request, lost)
        if isinstance(record, Content):
            messages.success(request, _("Brought back as a draft. Readers see it when you publish it."))
        else:
            messages.success(request, _("Brought back."))
        return redirect(self.history_address("change", record.pk))

    # ------------------------------------------------------------------------------------------------------------------

    def history_page(self, request, name, **context):
        request.current_app = self.admin_site.name
        common = {
            "opts": self.opts,
            "changelist_url": self.history_address("changelist"),
            "deleted_url": self.history_address("deleted") if self.may_bring_back(request) else "",
        }
        context = {**self.admin_site.each_context(request), **common, **context}
        return TemplateResponse(request, f"admin/publishing/{name}.html", context)
