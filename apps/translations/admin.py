"""The translate screen of a record: source and translation side by side, for whoever may write that language."""

from contextlib import contextmanager

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from apps.languages.fields import language_codes, own_name
from apps.translations.actions import undo_minor_edit
from apps.translations.models import DeskPreference, MinorEdit, layout_of, translate_codename
from apps.translations.screen import Screen
from apps.translations.texts import groups_of, texts_in
from apps.translations.waiting import needing_work, next_needing_work


class TranslateMixin:
    """For the admin class of a record: its page ``…/translate/<language>/``. A subclass says with ``working_text``,
    ``working_rows`` and ``needing_work`` what it works on, if not on the record itself.
    """

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_translate"
        view = self.admin_site.admin_view(self.translate_view)
        return [path("<path:object_id>/translate/<slug:language>/", view, name=name), *super().get_urls()]

    def may_translate(self, request, language, record):
        """Whether the user may write ``record`` in ``language``: its translators may, and whoever may write all."""
        right = request.user.has_perm(f"translations.{translate_codename(language)}")
        return right or self.has_change_permission(request, record)

    def working_text(self, request, record):
        """``record`` with the text that editors work on, to be shown."""
        return record

    def needing_work(self, rows, language):
        """Those of ``rows`` in which something is left to do in ``language``."""
        return needing_work(rows, language)

    @contextmanager
    def working_rows(self, request, record):
        """Inside, the rows of what it gives are the text that editors work on, and what is saved there is kept."""
        with transaction.atomic():
            yield type(record)._base_manager.select_for_update().get(pk=record.pk)

    def translate_view(self, request, object_id, language):
        record = self.get_object(request, unquote(object_id))
        if record is None or language not in language_codes() or not self.has_view_permission(request, record):
            raise Http404
        if not self.may_translate(request, language, record):
            raise PermissionDenied
        if record.whole not in (None, record):
            return self.to_the_whole(record, language)
        if request.method != "POST":
            return self.translate_page(request, record, language, getattr(request, "typed", None))
        if layout := request.POST.get("_layout"):
            self.remember_layout(request.user, layout)
        elif edit := request.POST.get("_undo"):
            self.undo(request, record, edit)
        elif "_check" not in request.POST:
            return self.save_translations(request, record, language)
        return self.translate_page(request, record, language, request.POST, checked="_check" in request.POST)

    def to_the_whole(self, record, language):
        """A section is translated with its note."""
        opts = record.whole._meta
        name = f"admin:{opts.app_label}_{opts.model_name}_translate"
        return redirect(reverse(name, args=[record.whole.pk, language]))

    # --- What the buttons do ------------------------------------------------------------------------------------------

    def save_translations(self, request, record, language):
        with self.working_rows(request, record) as whole:
            screen = Screen(whole, language, request.POST)
            screen.check(screen.changed)
            screen.validate()
            agreed = screen.findings_digest == request.POST.get("_anyway", "")
            count = screen.write() if agreed and not screen.is_refused else None
        if count is None:
            return self.translate_page(request, record, language, request.POST, refused=screen)
        if visit := getattr(request, "visit", None):
            visit.saved = True
        if count:
            self.log_change(request, record, _("Translated into %(language)s.") % {"language": _name(language)})
            said = ngettext("%(count)s text is saved.", "%(count)s texts are saved.", count) % {"count": count}
            messages.success(request, said)
        else:
            messages.info(request, _("Nothing was changed, so nothing was saved."))
        return redirect(request.path + self.anchor_of_next(request, record, language))

    def anchor_of_next(self, request, record, language):
        fresh = self.get_object(request, str(record.pk))
        texts = texts_in(groups_of(self.working_text(request, fresh), language))
        return next((f"#{text.anchor}" for text in texts if not text.is_current), "")

    def undo(self, request, record, pk):
        edit = MinorEdit.objects.standing().filter(pk=pk).first() if pk.isdigit() else None
        with self.working_rows(request, record) as whole:
            rows = {text.row.pk: text.row for code in language_codes() for text in texts_in(groups_of(whole, code))}
            if edit and edit.object_id in rows:
                undo_minor_edit(edit=edit, by=request.user, record=rows[edit.object_id])
                messages.success(request, _("The minor edit is undone: its translations are marked as outdated."))

    def remember_layout(self, user, layout):
        if layout in DeskPreference.Layout.values:
            DeskPreference.objects.update_or_create(user=user, defaults={"layout": layout})

    # --- The page -----------------------------------------------------------------------------------------------------

    def translate_page(self, request, record, language, data, *, checked=False, refused=None):
        """``refused``: the :class:`Screen` that could not be saved as it was."""
        screen = refused
        if screen is None:
            fresh = self.get_object(request, str(record.pk))
            screen = Screen(self.working_text(request, fresh), language, data)
        if checked:
            screen.check([entry for entry in screen.entries if entry.typed.strip()])
        screen.furnish(_minor_edits(screen, language))
        rows = self.get_queryset(request)
        following = next_needing_work(rows, record, self.needing_work(rows, language))
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": _("Translate into %(language)s") % {"language": _name(language)},
            "screen": screen,
            "language": language,
            "language_name": _name(language),
            "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
            "checked": checked,
            "refused": refused is not None,
            "layout": layout_of(request.user),
            "layouts": DeskPreference.Layout.choices,
            "others": [link for link in self.translate_links(request, record) if link["code"] != language],
            "next_record": following,
            "next_path": following and self.translate_path(following, language),
        }
        return TemplateResponse(request, "admin/translate.html", context, status=422 if refused else 200)

    def translate_path(self, record, language):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_translate", args=[record.pk, language])

    def translate_links(self, request, record):
        """``[{"code", "name", "path"}, …]``: the screens of ``record`` that the user may work on, not the one into the
        language that it is written in.
        """
        return [
            {"code": code, "name": own_name(code), "path": self.translate_path(record, code)}
            for code in language_codes()
            if code != record.written_in and self.may_translate(request, code, record)
        ]


def _name(language):
    return str(dict(settings.LANGUAGES)[language])


def _minor_edits(screen, language):
    """The minor edits that still keep a translation of this screen current."""
    pks = {entry.text.row.pk for entry in screen.entries}
    edits = MinorEdit.objects.standing().filter(object_id__in=pks).select_related("by")
    return [edit for edit in edits if language in edit.languages]


@admin.register(MinorEdit)
class MinorEditAdmin(admin.ModelAdmin):
    """The log of minor edits, to read; one is undone on the translate screen, where one sees what it is about."""

    list_display = ["record", "field", "by", "at", "undone_at", "undone_by"]
    list_display_links = None
    list_filter = ["by", "undone_at"]
    list_select_related = ["by", "undone_by"]
    list_per_page = 100

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("record")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return obj is None and super().has_view_permission(request)
