"""Where translating meets publishing: the translate screen works on the text that editors work on, of a live record its
draft; and the form's "minor edit" is written down.
"""

from django.db.models import Q
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_noop

from apps.content.translation_state import stored_texts
from apps.languages.fields import translated_fields
from apps.publishing import live, snapshots
from apps.publishing.models import Draft
from apps.publishing.working_copy import rows_to_work_on
from apps.translations.actions import note_minor_edit
from apps.translations.admin import TranslateMixin

# How the history says it; translated where it is read.
TRANSLATED = gettext_noop("Translated.")


class DraftTranslateMixin(TranslateMixin):
    """Put before :class:`~apps.publishing.working_copy.WorkingCopyMixin`, whose form it listens to."""

    def may_translate(self, request, language, record):
        return self.may(request, "translate", record, language)

    def working_text(self, request, record):
        snapshot, _clashes = live.working_copy(record)
        return snapshots.overlay(record, snapshot)

    def working_rows(self, request, record):
        return rows_to_work_on(record, request.user, TRANSLATED)

    def needing_work(self, rows, language):
        """A record with a draft is judged by the draft, as in the lists (:mod:`apps.editorial.worklists`)."""
        published, drafts = super().needing_work(rows, language), Draft.objects.all()
        unfinished = drafts.filter(open_texts__has_key=language)
        by_rows = Q(pk__in=published.values("pk")) & ~Q(pk__in=drafts.values("pk"))
        return rows.filter(by_rows | Q(pk__in=unfinished.values("pk")))

    # --- The list: what stands in a language leads to its screen ------------------------------------------------------

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if not self.model.whole_relation:
            for record in changelist.result_list:
                record.translate_paths = {each["code"]: each["path"] for each in self.translate_links(request, record)}
        return changelist

    # --- Minor edits: noted once the form is done, since the rows of a draft are rolled back --------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.minor_edits = []
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if isinstance(response, HttpResponseRedirect):
            for record, before in request.minor_edits:
                note_minor_edit(record=record, before=before, by=request.user)
        return response

    def save_model(self, request, obj, form, change):
        self.watch_minor_edit(request, [obj])
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        self.watch_minor_edit(request, [row.instance for row in formset.forms if row.has_changed()])
        super().save_formset(request, form, formset, change)

    def watch_minor_edit(self, request, rows):
        if "_minor_edit" in request.POST:
            known = [(row, stored_texts(row)) for row in rows if translated_fields(type(row))]
            request.minor_edits += [(row, before) for row, before in known if before]
