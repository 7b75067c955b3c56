"""A record's form in which nothing that was typed is lost, and which says who else has it open."""

from functools import wraps

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from apps.drafting.models import KeptText
from apps.drafting.presence import Presence
from apps.drafting.sign_in import ask_to_sign_in, form_at
from apps.drafting.typed import typed_fields
from apps.drafting.visits import Visit
from apps.languages.fields import language_codes


class KeptFormMixin:
    """Put before ``ModelAdmin`` and before whatever adds a page with a form of its own.

    Such a page is called ``<app>_<model>_<page>`` with its page in ``kept_pages``. On GET it fills its form with
    ``request.typed`` (a ``QueryDict``, or ``None``), once it has saved it redirects, and it includes
    ``admin/_form_safety.html`` above its form.
    """

    kept_pages = ("add", "change", "translate")
    # What a page has beside its form, by its name there and in the template: it goes with the text that was typed,
    # above all the version that it was typed on.
    beside_form = {"_version": "version", "_minor_edit": "is_minor_edit"}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(
                "<path:object_id>/open/",
                self.admin_site.admin_view(require_POST(self.open_view)),
                name=f"{name}_open",
            ),
            path(
                "typed/discard/",
                self.admin_site.admin_view(require_POST(self.discard_view)),
                name=f"{name}_discard_typed",
            ),
        ]
        return [*own, *super().get_urls()]

    @property
    def urls(self):
        # Here and not in get_urls(): a page of a mixin that stands before this one has its form too.
        patterns = self.get_urls()
        pages = {f"{self.opts.app_label}_{self.opts.model_name}_{page}": page for page in self.kept_pages}
        for pattern in patterns:
            if pattern.name in pages:
                pattern.callback = keeping(pattern.callback, self, pages[pattern.name])
        return patterns

    def may_write(self, request, page, object_id=None, language=None):
        """Whether the form at ``page`` would take what this person types."""
        if page == "add":
            return self.has_add_permission(request)
        record = self.get_object(request, unquote(object_id))
        return record is not None and self.may_write_in(request, record, [language] if language else language_codes())

    def may_write_in(self, request, record, languages):
        """Whether they may change the record, or translate it into one of ``languages``."""
        if self.has_change_permission(request, record):
            return True
        translates = any(request.user.has_perm(f"translations.translate_into_{code}") for code in languages)
        return translates and self.has_view_permission(request, record)

    def is_form(self, page, post):
        """Whether ``post`` has a text of this form in it, and is not the answer to a question between two pages."""
        return page not in {"add", "change"} or any(field.name in post for field in self.opts.get_fields())

    # --- Who else is there ---------------------------------------------------------------------------------------

    def open_view(self, request, object_id):
        """A window that says each minute that it is still open, and once that it closes."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        presence = Presence(self.model, record.pk, request.user)
        opened_at = request.POST.get("opened", "")
        if "closed" in request.POST:
            presence.close(opened_at)
            return HttpResponse(status=204)
        presence.writes = self.may_write_in(request, record, language_codes())
        presence.beat(opened_at)
        return JsonResponse({"sentences": presence.sentences})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and (visit := getattr(request, "visit", None)):
            visit.presence.writes = self.may_write_in(request, obj, language_codes())
        if typed := typed_in(request):
            context.update({variable: typed.get(name, "") for name, variable in self.beside_form.items()})
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- What was typed before -----------------------------------------------------------------------------------

    def discard_view(self, request):
        there = request.POST.get("path", "")
        if form_at(there) is None:
            raise Http404
        KeptText.objects.filter(user=request.user, path=there).delete()
        return redirect(there)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        typed = typed_in(request)
        if not typed:
            return form

        class RefilledForm(form):
            def __init__(self, *args, initial=None, **kwargs):
                super().__init__(typed, **kwargs)

        return RefilledForm

    def get_formset_kwargs(self, request, obj, inline, prefix):
        arguments = super().get_formset_kwargs(request, obj, inline, prefix)
        if typed := typed_in(request):
            arguments["data"] = typed.copy()
        return arguments

    def get_inline_formsets(self, request, *args, **kwargs):
        """A folded group opens when one of its rows has an error; here also when the whole of it has one."""
        groups = super().get_inline_formsets(request, *args, **kwargs)
        for group in groups:
            if group.formset.is_bound and group.formset.non_form_errors():
                group.classes = group.classes.replace("collapse", "")
        return groups

    def response_add(self, request, *args, **kwargs):
        say_saved(request)
        return super().response_add(request, *args, **kwargs)

    def response_change(self, request, *args, **kwargs):
        say_saved(request)
        return super().response_change(request, *args, **kwargs)


def typed_in(request):
    """What the form shows in place of the record's own fields, if somebody comes back to what they typed."""
    return getattr(request, "typed", None)


def say_saved(request):
    if visit := getattr(request, "visit", None):
        visit.saved = True


def keeping(view, desk, page):
    """``view``, the ``page`` of ``desk`` with a form, with all that this room adds to it.

    Here, around everything, because the form of a draft is shown inside a transaction that is rolled back.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        if request.method == "POST" and request.user.is_anonymous and desk.is_form(page, request.POST):
            return ask_to_sign_in(request, desk.admin_site, typed_fields(request.POST))
        if not desk.admin_site.has_permission(request):
            return view(request, *args, **kwargs)
        request.visit = Visit(request, desk, page, kwargs)
        request.typed = request.visit.typed
        response = view(request, *args, **kwargs)
        request.visit.end(response)
        return response

    kept.keeps_typed_text_of, kept.page = desk, page
    return kept
