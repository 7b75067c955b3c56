"""From a draft to readers: the page on which a record is previewed, compared, reviewed, published and withdrawn."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from apps.content.models import State
from apps.languages.fields import language_codes, own_name
from apps.publishing import actions, live, presenting, reviewing, sharing, snapshots
from apps.publishing.models import Draft, Edition, Review, draft_of, waiting_review
from apps.publishing.rendering import list_path, page_view, render_page
from apps.publishing.working_copy import WorkingCopyMixin

# Those of a single button.
SMALL_ACTS = ("take_back", "discard", "unplan")


class WhenForm(forms.Form):
    """The time of a plan; empty is now."""

    at = forms.SplitDateTimeField(
        label=gettext_lazy("When"),
        required=False,
        help_text=format_lazy(gettext_lazy("Empty: at once. Times are those of {zone}."), zone=settings.TIME_ZONE),
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}),
    )


class PublishingMixin(WorkingCopyMixin):
    """For the admin class of a kind of content. ``may(request, act, record, language)`` is asked for every right."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = [
            ("<path:object_id>/publishing/", self.publishing_view, "publishing"),
            ("<path:object_id>/preview/<slug:language>/", self.preview_view, "preview"),
            ("<path:object_id>/preview/<slug:language>/widths/", self.widths_view, "widths"),
        ]
        own = [path(there, self.admin_site.admin_view(view), name=f"{name}_{page}") for there, view, page in views]
        return [*own, *super().get_urls()]

    def url_of(self, record, page, *further):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[record.pk, *further])

    def record_for(self, request, object_id, *acts):
        """The record, if the user may do one of ``acts`` with it: 404 for who may not see it, else 403."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_view_permission(request, record):
            raise Http404
        if acts and not any(self.may(request, act, record) for act in acts):
            raise PermissionDenied
        return record

    # --- The form -----------------------------------------------------------------------------------------------------

    def after_form(self, request, whole, response):
        return redirect(self.url_of(whole, "publishing")) if "_publishing" in request.POST else response

    def response_add(self, request, obj, post_url_continue=None):
        return self.after_form(request, obj, super().response_add(request, obj, post_url_continue))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.may(request, "publish"):
            label = gettext_lazy("Publish the chosen records")
            actions["publish_selected"] = (type(self).publish_selected, "publish_selected", label)
        return actions

    def publish_selected(self, request, queryset):
        """Their working text, in all languages; one that breaks a rule stays as it is and is named."""
        done = 0
        for record in queryset:
            if not (self.may(request, "publish", record) and live.has_news(record)):
                continue
            try:
                actions.publish(record=record, by=request.user)
                done += 1
            except ValidationError as error:
                messages.error(request, f"{record}: {' '.join(error.messages)}")
        sentence = ngettext("%(count)d record is published.", "%(count)d records are published.", done)
        messages.info(request, sentence % {"count": done})

    # --- The preview --------------------------------------------------------------------------------------------------

    # In a frame of ours: the page that shows it at two widths.
    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp_replace({"frame-ancestors": [SELF]}))
    def preview_view(self, request, object_id, language):
        """The working text on the record's own page in ``language``, for whoever may see the record here."""
        record = self.record_for(request, object_id)
        if language not in language_codes() or not page_view(record):
            raise Http404
        snapshot, _clashes = live.working_copy(record)
        way_back = {"previews": self.previews(record), "change_url": self.url_of(record, "change")}
        return render_page(request, record, language, snapshot, at_its_address=True, is_preview=True, **way_back)

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def widths_view(self, request, object_id, language):
        """The preview as on a telephone and as on a desk, beside each other."""
        record = self.record_for(request, object_id)
        if language not in language_codes() or not page_view(record):
            raise Http404
        preview = self.url_of(record, "preview", language)
        return self.page(request, "widths", record, title=_("Preview at two widths"), preview=preview)

    def previews(self, record):
        """``[{"code", "name", "path", "widths"}, …]``: the record's preview in each language."""
        return [
            {
                "code": code,
                "name": own_name(code),
                "path": self.url_of(record, "preview", code),
                "widths": self.url_of(record, "widths", code),
            }
            for code in language_codes()
        ]

    # --- The way to readers -------------------------------------------------------------------------------------------

    def publishing_view(self, request, object_id):
        record = self.record_for(request, object_id)
        when = WhenForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and (when.is_valid() or request.POST.get("act") not in {"publish", "withdraw"}):
            act = request.POST.get("act", "")
            if act not in dict(self.acts(request, record)):
                raise PermissionDenied
            try:
                messages.success(request, self.do(act, request, record, when.cleaned_data.get("at")))
            except ValidationError as error:
                for sentence in error.messages:
                    messages.error(request, sentence)
            return redirect(self.url_of(record, "publishing"))
        if when.errors:
            messages.error(request, _("The time is not complete. Give a date and a time, or neither."))
        return self.publishing_page(request, record, when)

    def publishing_page(self, request, record, when):
        draft, published = draft_of(record), snapshots.take(record)
        text, clashes = live.working_copy(record)
        acts, pending = dict(self.acts(request, record)), language_codes()
        if live.is_live(record):
            pending = presenting.languages_changed(published, text) or pending
        return self.page(
            request,
            "publishing",
            record,
            title=_("Review and publish"),
            draft=draft,
            **self.desk_context(record, draft),
            differences=presenting.shown_differences(type(record), published, text) if draft else [],
            clashes=presenting.shown_differences(type(record), published, text, [each.cell for each in clashes]),
            when=when,
            withdraw_when=WhenForm(auto_id="withdraw_%s"),
            acts=acts,
            small_acts=[(act, label) for act, label in acts.items() if act in SMALL_ACTS],
            languages=[(code, own_name(code), code in pending) for code in language_codes()],
            review=waiting_review(record),
            reviews=Review.objects.about(record).select_related("asked_by", "answered_by")[:10],
            editions=Edition.objects.about(record).select_related("published_by")[:10],
            previews=self.previews(record) if page_view(record) else [],
            list_path=list_path(record),
            links=sharing.links(record, request.user)
            if page_view(record) and self.may_give_away(request, record)
            else [],
        )

    def acts(self, request, record):
        """``[(act, what its button says), …]``: what this person can do with this record now."""
        draft, is_live = draft_of(record), live.is_live(record)
        in_review = (draft.state if draft else record.state) in {State.IN_REVIEW, Draft.State.IN_REVIEW}
        may_write = self.may(request, "change", record) or any(
            self.may(request, "translate", record, code) for code in language_codes()
        )
        may_publish = self.may(request, "publish", record)
        table = [
            ("publish", _("Publish"), may_publish and live.has_news(record)),
            ("ask", _("Ask for a review"), may_write and live.has_news(record) and not in_review),
            ("take_back", _("Take back from review"), may_write and in_review),
            ("send_back", _("Return with comments"), self.may(request, "review", record) and in_review),
            ("discard", _("Discard the draft"), self.may(request, "change", record) and bool(draft)),
            ("withdraw", _("Withdraw"), may_publish and is_live),
            ("unplan", _("Forget the plan"), may_publish and self.has_plan(record, draft)),
        ]
        return [(act, label) for act, label, possible in table if possible]

    def has_plan(self, record, draft):
        waits = live.is_live(record) and not record.is_public
        return bool(waits or record.withdraw_at or (draft and draft.publish_at))

    def do(self, act, request, record, at):
        """Does it; returns the sentence that says so."""
        who, text = {"record": record, "by": request.user}, request.POST.get("text", "").strip()
        if act == "publish":
            return self.publish(request, record, at)
        if act == "withdraw":
            actions.withdraw(**who, at=at)
            return _("It will be withdrawn at the time you chose.") if at else _("Readers no longer see it.")
        if act == "ask":
            told = len(reviewing.ask_for_review(**who, note=text).told)
            if not told:
                return _("It is in review. No reviewer has an e-mail address here: tell one yourself.")
            sentence = ngettext(
                "%(count)d reviewer is told by e-mail.", "%(count)d reviewers are told by e-mail.", told
            )
            return sentence % {"count": told}
        if act == "send_back":
            reviewing.send_back(**who, answer=text)
            return _("It went back with your comments.")
        {"take_back": reviewing.take_back, "discard": actions.discard, "unplan": actions.unplan}[act](**who)
        sentences = {
            "take_back": _("It is a draft again."),
            "discard": _("The draft is gone. It can still be read in the history."),
            "unplan": _("The plan is forgotten."),
        }
        return sentences[act]

    def publish(self, request, record, at):
        languages = [code for code in language_codes() if code in request.POST.getlist("languages")]
        left_out = actions.publish(record=record, by=request.user, languages=languages, at=at)
        for name in left_out:
            messages.warning(request, _("Left out, as what it stood on is gone or taken: %(what)s.") % {"what": name})
        if at:
            return _("It will be published at the time you chose.")
        if draft_of(record) is None:
            return _("Published. Readers see it now.")
        names = ", ".join(own_name(code) for code in languages)
        return _("Published in %(languages)s. The rest stays a draft.") % {"languages": names}

    def may_give_away(self, request, record):
        """Whether this person may show the draft to a stranger: whoever writes it, and whoever decides about it."""
        return any(self.may(request, act, record) for act in ("change", "publish", "review"))

    def desk_context(self, record, draft):
        """``standing``, the sentences that say where the record is on its way, and ``linking``, what links to it."""
        raise NotImplementedError

    def page(self, request, name, record, **context):
        request.current_app = self.admin_site.name
        common = {"opts": self.opts, "original": record, "record": record, "change_url": self.url_of(record, "change")}
        return TemplateResponse(
            request, f"admin/publishing/{name}.html", {**self.admin_site.each_context(request), **common, **context}
        )
