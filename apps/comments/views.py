"""Writing a comment, and seeing what became of it. The note's own page shows comments through a template tag."""

from math import ceil

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView

from apps.comments import actions, limits, signatures
from apps.comments.forms import CommentForm, answerable
from apps.comments.models import Comment
from apps.topics.models import Topic


class NotedMixin:
    """A page that belongs to one public note and to one reader: neither a cache nor a search engine keeps it."""

    @method_decorator(cache_control(no_store=True))
    def dispatch(self, request, *args, **kwargs):
        # Whatever a request claims its bytes are, they are read as UTF-8: an odd charset could smuggle in lone
        # surrogates or name a codec that is none.
        request.encoding = "utf-8"
        self.topic = get_object_or_404(Topic.objects.published(), slug=kwargs["slug"])
        response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(topic=self.topic, **kwargs)


# Exempt because Django's protection needs a cookie and a reader has none. Nor has a reader a session that another site
# could ride on; that the form was fetched, for this note, is what its signed token says.
@method_decorator(csrf_exempt, name="dispatch")
class WriteComment(NotedMixin, FormView):
    # FormView would take a PUT for a POST.
    http_method_names = ["get", "head", "post", "options"]
    form_class = CommentForm
    template_name = "comments/comment_form.html"

    def get_form(self, form_class=None):
        if self.request.method == "POST":
            return CommentForm(self.request.POST, topic=self.topic)
        return CommentForm(topic=self.topic, answered=self.answered_in_address())

    def answered_in_address(self):
        number = self.request.GET.get("reply")
        if number is None:
            return None
        answered = answerable(self.topic, number)
        if answered is None:
            raise Http404
        return answered

    def form_valid(self, form):
        typed = form.cleaned_data
        try:
            comment = actions.submit(
                topic=self.topic,
                answered=form.answered,
                name=typed["name"],
                email=typed["email"],
                text=typed["text"],
                language=get_language(),
                address=limits.address_of(self.request),
                honeypot_filled=bool(typed["subject"]),
            )
        except actions.TooMany as refusal:
            return self.too_many(form, refusal)
        except actions.AlreadySent as refusal:
            form.add_error("text", already_sent(refusal.comment))
            return self.form_invalid(form)
        receipt = redirect("comments:receipt", self.topic.slug, signatures.receipt_for(comment))
        receipt.status_code = 303
        return receipt

    def form_invalid(self, form, status=422):
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def too_many(self, form, refusal):
        wait = refusal.free_at - timezone.now()
        minutes = max(1, ceil(wait.total_seconds() / 60))
        form.add_error(
            None,
            ngettext(
                "Many comments came from your connection within an hour. You can send this one in %(minutes)d minute.",
                "Many comments came from your connection within an hour. You can send this one in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes},
        )
        response = self.form_invalid(form, status=429)
        response["Retry-After"] = str(minutes * 60)
        return response


class Receipt(NotedMixin, TemplateView):
    """What was sent and what became of it, for whoever has the address that only its sender was given."""

    template_name = "comments/receipt.html"

    def get_context_data(self, **kwargs):
        number = signatures.comment_of(kwargs["receipt"])
        comment = get_object_or_404(Comment.objects.defer("email"), topic=self.topic, pk=number)
        return super().get_context_data(comment=comment, states=Comment.State, **kwargs)


def already_sent(comment):
    """The sentence for someone whose words are here already."""
    if comment.state == Comment.State.WAITING:
        return gettext("These words are already here and wait for a moderator. You need not send them again.")
    return gettext("These words were sent within the last day, and a moderator has decided about them.")
