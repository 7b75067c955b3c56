"""The queue, to look at. What failed for good can be tried again; nothing is written by hand."""

import json

import regex
from django.contrib import admin, messages
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from apps.background import failures
from apps.background.models import QueuedTask

# The library's own list: its words are not in our catalogue, and nothing in it can be tried again.
admin.site.unregister(DBTaskResult)

SENTENCES = {
    f"{each.__module__}.{each.__qualname__}": each.sentence for each in (failures.TookTooLong, failures.Abandoned)
}
STATES = {
    TaskResultStatus.READY: _("Waiting"),
    TaskResultStatus.RUNNING: _("Running"),
    TaskResultStatus.FAILED: _("Failed"),
    TaskResultStatus.SUCCESSFUL: _("Done"),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state.value, word) for state, word in STATES.items()]

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() in STATES else queryset


@admin.register(QueuedTask)
class QueuedTaskAdmin(admin.ModelAdmin):
    list_display = ["name", "in_short", "state", "what_happened", "attempts", "asked_for", "next_time"]
    list_filter = [StateFilter]
    list_per_page = 100
    ordering = ["-enqueued_at"]
    sortable_by = []
    show_full_result_count = False
    actions = ["try_again"]
    fields = [
        *["name", "state", "attempts", "asked_for", "started", "next_time", "finished"],
        *["given", "what_happened", "last_error"],
    ]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_try_again_permission(self, request):
        return request.user.has_perm("background.change_queuedtask")

    @admin.action(description=_("Try the chosen failed tasks again"), permissions=["try_again"])
    def try_again(self, request, queryset):
        count = queryset.try_again()
        if count:
            sentence = ngettext("%(count)d task waits again.", "%(count)d tasks wait again.", count)
            messages.success(request, sentence % {"count": count})
        else:
            messages.warning(request, _("None of the chosen tasks failed, so none is tried again."))

    @admin.display(description=_("task"))
    def name(self, task):
        return str(task)

    @admin.display(description=_("state"))
    def state(self, task):
        return STATES[task.status]

    @admin.display(description=_("attempts"))
    def attempts(self, task):
        return task.attempt

    @admin.display(description=_("asked for"))
    def asked_for(self, task):
        return self.at(task.enqueued_at)

    @admin.display(description=_("last attempt"))
    def started(self, task):
        return self.at(task.started_at)

    @admin.display(description=_("next attempt"))
    def next_time(self, task):
        waits = task.status == TaskResultStatus.READY and task.run_after != get_date_max()
        return self.at(task.run_after if waits else None)

    @admin.display(description=_("finished"))
    def finished(self, task):
        return self.at(task.finished_at)

    def at(self, time):
        return date_format(localtime(time), "DATETIME_FORMAT") if time else self.get_empty_value_display()

    @admin.display(description=_("what happened"))
    def what_happened(self, task):
        """Our own sentence, or the last line of the error."""
        if task.exception_class_path in SENTENCES:
            return SENTENCES[task.exception_class_path]
        lines = task.traceback.strip().splitlines()
        return _beginning(lines[-1], 200) if lines else self.get_empty_value_display()

    @admin.display(description=_("what it was given"))
    def in_short(self, task):
        given = [*task.args_kwargs["args"], *task.args_kwargs["kwargs"].values()]
        return ", ".join(_beginning(str(each), 40) for each in given)

    @admin.display(description=_("what it was given"))
    def given(self, task):
        return format_html("<pre>{}</pre>", json.dumps(task.args_kwargs, ensure_ascii=False, indent=2))

    @admin.display(description=_("the last error, for whoever looks after the portal"))
    def last_error(self, task):
        return format_html("<pre>{}</pre>", task.traceback or self.get_empty_value_display())


def _beginning(text, length):
    """Cut between letters as Hindi counts them."""
    kept = regex.match(rf"\X{{0,{length}}}", text)[0]
    return text if kept == text else f"{kept}…"
