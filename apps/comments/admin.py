"""The moderators' queue. Nothing here lets anybody write a comment in a reader's name or change a reader's words."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import model_ngettext
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin

from apps.comments.actions import decide, reply
from apps.comments.forms import CommentTextField
from apps.comments.models import WAITING_FIRST, Comment
from apps.comments.sheet import CommentSheet
from apps.editorial.dashboard import Figure, Line, figure
from apps.languages.graphemes import shorten
from apps.spreadsheets.admin import ExportAdminMixin

EMAIL_PERMISSION = "comments.view_email_comment"


class ModerationForm(forms.ModelForm):
    """What a moderator decides, and what a moderator answers."""

    reply = CommentTextField(
        label=_("Your reply"),
        required=False,
        help_text=_("It appears under the comment, marked as a moderator's. A comment that waits is approved with it."),
    )
    reply_language = forms.ChoiceField(
        label=_("Language of your reply"), required=False, choices=Comment._meta.get_field("language").choices
    )

    class Meta:
        model = Comment
        fields = ["state"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "reply_language" in self.fields:
            self.fields["reply_language"].initial = self.instance.language

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reply") and cleaned.get("state") in {Comment.State.REJECTED, Comment.State.SPAM}:
            self.add_error("reply", _("A reply stands only under an approved comment: approve it, or empty the reply."))
        return cleaned


@admin.register(Comment)
class CommentAdmin(ExportAdminMixin, ExportMixin, admin.ModelAdmin):
    form = ModerationForm
    list_display = ["state_in_words", "topic", "shown_name", "beginning", "language", "look_twice", "age"]
    list_display_links = ["beginning"]
    list_filter = ["state", "language", ("topic", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["topic"]
    list_per_page = 100
    ordering = [WAITING_FIRST, "-created_at"]
    sortable_by = []
    search_fields = ["search_text"]
    search_help_text = _("Words of the name or the text, in either language.")
    actions = ["approve", "reject", "mark_as_spam"]

    # --- What is seen --------------------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        who = ["shown_name", "email"] if request.user.has_perm(EMAIL_PERMISSION) else ["shown_name"]
        comment = ["note", *who, "full_text", "language", "created_at"]
        if obj and obj.parent:
            comment.insert(1, "answers")
        if obj and obj.held_reasons:
            comment.append("look_twice")
        fieldsets = [(None, {"fields": comment}), (_("Decision"), {"fields": ["state", "decided_at", "decided_by"]})]
        if self.has_change_permission(request, obj):
            fieldsets.append((_("Reply"), {"fields": ["reply", "reply_language"]}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        """Everything but the decision and the reply."""
        shown = [name for _title, options in self.get_fieldsets(request, obj) for name in options["fields"]]
        return [name for name in shown if name not in {"state", "reply", "reply_language"}]

    @admin.display(description=_("state"))
    def state_in_words(self, comment):
        return comment.get_state_display()

    @admin.display(description=_("name"))
    def shown_name(self, comment):
        return comment.shown_name

    @admin.display(description=_("text"))
    def beginning(self, comment):
        return shorten(comment.text, 80)

    @admin.display(description=_("text"))
    def full_text(self, comment):
        return format_html('<div class="comment-text" lang="{}">{}</div>', comment.language, comment.html)

    @admin.display(description=_("look twice"))
    def look_twice(self, comment):
        return comment.held_reasons_in_words

    @admin.display(description=_("age"))
    def age(self, comment):
        return timesince(comment.created_at, depth=1)

    @admin.display(description=_("study note"))
    def note(self, comment):
        return format_html('<a href="{}">{}</a>', comment.topic.get_absolute_url(), comment.topic)

    @admin.display(description=_("in reply to"))
    def answers(self, comment):
        return f"{comment.parent.shown_name}: {shorten(comment.parent.text, 80)}"

    def view_on_site(self, comment):
        return comment.get_absolute_url() if comment.state == Comment.State.APPROVED else None

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    # --- What may be done ----------------------------------------------------------------------------------------

    def has_add_permission(self, request):
        return False

    def lookup_allowed(self, lookup, value, request):
        """No filter typed into the address on what its author may not see: ``?email__startswith=a`` would tell."""
        hidden = {"email", "sender", "text_digest", "search_text"}
        return lookup.partition("__")[0] not in hidden and super().lookup_allowed(lookup, value, request)

    def has_export_permission(self, request):
        return self.has_view_permission(request) and super().has_export_permission(request)

    @property
    def export_explanation(self):
        return gettext("Each comment is in the language it was written in. Comments are not brought in by a sheet.")

    def sheet_to_export(self, request):
        return CommentSheet(with_email=request.user.has_perm(EMAIL_PERMISSION))

    def save_model(self, request, obj, form, change):
        """The verbs write; ``obj`` itself is not saved."""
        comment, text = Comment.objects.get(pk=obj.pk), form.cleaned_data.get("reply")
        if "state" in form.changed_data:
            decide(comments=Comment.objects.filter(pk=obj.pk), state=obj.state, moderator=request.user)
        if text:
            language = form.cleaned_data["reply_language"] or comment.language
            reply(comment=comment, text=text, language=language, moderator=request.user)
            if obj.state == Comment.State.WAITING:
                messages.info(request, gettext("Your reply is published, and the comment is approved with it."))
            else:
                messages.info(request, gettext("Your reply is published."))

    @admin.action(description=_("Approve the chosen comments"), permissions=["change"])
    def approve(self, request, queryset):
        self.decide_all(request, queryset, Comment.State.APPROVED)

    @admin.action(description=_("Reject the chosen comments"), permissions=["change"])
    def reject(self, request, queryset):
        self.decide_all(request, queryset, Comment.State.REJECTED)

    @admin.action(description=_("Mark the chosen comments as spam"), permissions=["change"])
    def mark_as_spam(self, request, queryset):
        self.decide_all(request, queryset, Comment.State.SPAM)

    def decide_all(self, request, queryset, state):
        changed = decide(comments=queryset, state=state, moderator=request.user)
        if changed:
            message = gettext("State: %(state)s.") % {"state": state.label}
            LogEntry.objects.log_actions(request.user.pk, changed, CHANGE, change_message=message)
        messages.info(
            request,
            ngettext("%(count)d comment is now: %(state)s.", "%(count)d comments are now: %(state)s.", len(changed))
            % {"count": len(changed), "state": state.label},
        )


@figure(order=60)
def comments_waiting(board):
    """For the desk's first page."""
    if not board.may_list(Comment):
        return
    waiting = Comment.objects.filter(state=Comment.State.WAITING).aggregate(count=Count("pk"), oldest=Min("created_at"))
    if waiting["count"]:
        address = f"{reverse('admin:comments_comment_changelist')}?state__exact={Comment.State.WAITING}"
        line = Line(waiting["count"], model_ngettext(Comment, waiting["count"]), address)
        more = gettext("The oldest has waited for %(time)s.") % {"time": timesince(waiting["oldest"], depth=1)}
        yield Figure(gettext("Comments waiting"), [line], more)
