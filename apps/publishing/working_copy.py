"""The form of a record works on its working copy: of a live record the draft, which readers do not see."""

from contextlib import contextmanager

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.publishing import actions, history, live, presenting, snapshots
from apps.publishing.merging import choose, merge

SALT = "apps.publishing.conflict"
# In the place of a text that both began from.
NOT_KNOWN = {"record": {}}
# How the history says it; translated where it is read.
CHANGED, CHOSEN = gettext_noop("Changed in its form."), gettext_noop("Chosen between two texts.")


@contextmanager
def rows_to_work_on(record, by, comment):
    """Inside, the rows of the record that it gives are the working text, and what is saved there is kept: as the draft
    if readers see the record. For pages that write more than the stock form does.
    """
    with transaction.atomic():
        whole = live.lock(record)
        current, _clashes = live.working_copy(whole)
        with transaction.atomic():
            if current != snapshots.take(whole):
                actions.lay_out(current, whole)
            with history.act(by, comment):
                yield snapshots.fresh(whole)
            mine = snapshots.take(snapshots.fresh(whole))
            if live.is_live(whole):
                transaction.set_rollback(True)
        if live.is_live(whole):
            actions.forget_what_was_read()
            if mine != current:
                actions.keep(record=whole, snapshot=mine, by=by, comment=comment)


class WorkingCopyMixin:
    """For an admin class. A form that somebody else has saved since it was opened is merged with theirs, and where
    both changed the same text a person chooses: nothing is overwritten silently.

    The draft's rows are written, the stock form runs on them, and the transaction is rolled back: what the form would
    have saved is kept as the draft instead.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None:
            with history.act(request.user, gettext_noop("Made in its form.")):
                return super().changeform_view(request, object_id, form_url, extra_context)
        whole = record.whole or record
        current, _clashes = live.working_copy(whole)
        context = {"version": request.POST.get("_version") or snapshots.digest(current), **(extra_context or {})}
        if "_chosen" in request.POST:
            return self.take_the_choice(request, whole)
        if request.method != "POST" and current == snapshots.take(whole):
            return super().changeform_view(request, object_id, form_url, context)
        return self.work_on_copy(request, object_id, whole, form_url, context)

    def work_on_copy(self, request, object_id, whole, form_url, context):
        with transaction.atomic():
            whole = live.lock(whole)
            current, _clashes = live.working_copy(whole)
            opened = self.text_as_opened(request, whole, current)
            base = opened or current
            notes = actions.lay_out(base, whole) if base != snapshots.take(whole) else []
            with history.act(request.user, CHANGED):
                for sentence in notes:
                    messages.warning(request, sentence)
                request.is_rehearsal = request.method == "POST" and (opened != current or live.is_live(whole))
                response = super().changeform_view(request, object_id, form_url, context)
                saved = request.method == "POST" and isinstance(response, HttpResponseRedirect)
                if not saved:
                    response.render()
            mine = snapshots.take(snapshots.fresh(whole)) if saved else None
            written = saved and opened == current and not live.is_live(whole)
            if not written:
                transaction.set_rollback(True)
        actions.forget_what_was_read()
        if not saved:
            return response
        if written:
            return self.after_form(request, whole, response)
        return self.keep(request, whole, opened or NOT_KNOWN, mine, response)

    def text_as_opened(self, request, whole, current):
        """What the form showed when it was opened; ``None`` if that is no longer known: then whatever differs from the
        current text is asked about.
        """
        version = request.POST.get("_version")
        if not version or version == snapshots.digest(current):
            return current
        return history.snapshot_with(whole, version)

    def keep(self, request, whole, base, mine, response):
        """``mine``, merged with what others wrote since ``base``."""
        with transaction.atomic():
            current, _clashes = live.working_copy(live.lock(whole))
            merged, conflicts = merge(base, mine, current)
            if conflicts:
                return self.conflict_page(request, whole, base, mine, current)
            kept = actions.keep(record=whole, snapshot=merged, by=request.user, comment=CHANGED)
        if current not in (base, merged):
            messages.info(request, _("Somebody else changed this record meanwhile. Both your changes are kept."))
        if kept and live.is_live(whole):
            self.log_change(request, whole, _("Draft saved."))
            messages.success(request, _("The draft is saved. Readers see the published text until you publish it."))
        else:
            messages.success(request, _("Saved."))
        return self.after_form(request, whole, response)

    def message_user(self, request, *args, **kwargs):
        """Nothing about a form whose rows are rolled back: what becomes of it is said once that is known."""
        if not getattr(request, "is_rehearsal", False):
            super().message_user(request, *args, **kwargs)

    def after_form(self, request, whole, response):
        """Where one is led to; a subclass adds what its buttons do."""
        return response

    # --- What the form says about all of its rows ---------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        obj.minor_edit = "_minor_edit" in request.POST
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            row.instance.minor_edit = "_minor_edit" in request.POST
        super().save_formset(request, form, formset, change)

    # --- Both changed the same text -----------------------------------------------------------------------------------

    def conflict_page(self, request, whole, base, mine, current):
        _merged, conflicts = merge(base, mine, current)
        cells = [conflict.cell for conflict in conflicts]
        both = presenting.shown_differences(type(whole), mine, current, cells)
        others = presenting.shown_differences(type(whole), base, current) if base != NOT_KNOWN else []
        theirs = [each for each in others if each.cell not in cells]
        last = next(iter(history.entries(whole, limit=1)), None)
        kept = {"base": base, "mine": mine, "seen": snapshots.digest(current), "record": str(whole.pk)}
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Somebody else changed the same text"),
            "record": whole,
            "both": both,
            "theirs": theirs,
            "who": last and last.by,
            "when": last and last.at,
            "kept": signing.dumps(kept, salt=SALT, compress=True),
            "buttons": [name for name in ("_continue", "_publishing") if name in request.POST],
        }
        return TemplateResponse(request, "admin/publishing/conflict.html", context, status=409)

    def take_the_choice(self, request, whole):
        """The page above comes back: ``choice:<cell>`` is ``mine`` or ``theirs``."""
        if not self.has_change_permission(request, whole):
            return redirect("admin:index")
        try:
            kept = signing.loads(request.POST["_chosen"], salt=SALT)
        except signing.BadSignature:
            kept = {}
        if kept.get("record") != str(whole.pk):
            messages.error(request, _("That page can't be used any more. Open the form again."))
            return redirect(request.path)
        with transaction.atomic():
            current, _clashes = live.working_copy(live.lock(whole))
            if snapshots.digest(current) != kept["seen"]:
                return self.conflict_page(request, whole, kept["base"], kept["mine"], current)
            merged, conflicts = merge(kept["base"], kept["mine"], current)
            theirs = {each.cell for each in conflicts if request.POST.get(f"choice:{'/'.join(each.cell)}") == "theirs"}
            snapshot = choose(merged, conflicts, theirs)
            actions.keep(record=whole, snapshot=snapshot, by=request.user, comment=CHOSEN)
        messages.success(request, _("Your choice is saved."))
        return self.after_form(request, whole, redirect(request.path))
