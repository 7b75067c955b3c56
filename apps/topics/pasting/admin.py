"""A pasted text becomes a draft, in two steps: the text, and a look at what was found. Nothing is stored before."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.content.plain_text import plain_text
from apps.content.text import render
from apps.drafting.admin import KeptFormMixin, typed_in
from apps.languages.graphemes import shorten, words
from apps.topics.pasting.actions import PASTED, damaged_places, make_draft
from apps.topics.pasting.damage import by_section
from apps.topics.pasting.forms import MOST_TICKS, DraftForm, PasteForm, heading_name
from apps.topics.pasting.parsing import ESCAPED
from apps.topics.pasting.rows import last_place
from apps.topics.pasting.sources import known_sources
from apps.topics.pasting.tables import apart_from_tables

OPENING_SIGNS = 160
# Of each table the preview shows so many rows, the header not counted.
ROWS_SHOWN = 8


class PastingMixin:
    """For the admin class of the notes, before all others."""

    change_list_template = "admin/topics/topic/paste_change_list.html"
    # What was pasted is kept like everything that is typed (apps/drafting).
    kept_pages = (*KeptFormMixin.kept_pages, "paste")

    def get_urls(self):
        return [
            path("paste/", self.admin_site.admin_view(self.paste_view), name="topics_topic_paste"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        address = reverse("admin:topics_topic_paste") if self.has_add_permission(request) else ""
        return super().changelist_view(request, {"paste_url": address, **(extra_context or {})})

    def may_write(self, request, page, **place):
        return self.has_add_permission(request) if page == "paste" else super().may_write(request, page, **place)

    def paste_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.paste_page(request, PasteForm(initial=_texts(typed_in(request) or {})))
        if "_back" in request.POST:
            return self.paste_page(request, PasteForm(initial=_texts(request.POST)))
        is_last = "_make" in request.POST
        # The title of the preview is a matter of the preview.
        form = PasteForm({**_texts(request.POST), "title": ""}) if is_last else PasteForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.paste_page(request, form)
        given = form.cleaned_data
        if not is_last:
            return self.paste_preview(request, DraftForm(given["text"], form.note, title=given["title"]))
        draft = DraftForm(given["text"], form.note, request.POST, by=request.user)
        return self.make_pasted(request, draft) if draft.is_valid() else self.paste_preview(request, draft)

    def make_pasted(self, request, form):
        topic, sections = form.rows
        try:
            make_draft(topic=topic, sections=sections, by=request.user)
        except IntegrityError:  # the place or the address was taken a moment ago
            form.add_error(None, _("Somebody made another note at this moment. Press the button again."))
            return self.paste_preview(request, form)
        self.log_addition(request, topic, _(PASTED))
        messages.success(request, _made(topic, sections))
        if left := damaged_places(topic, *sections):
            messages.warning(request, _left(left))
        if lists := [section.heading for section in form.note.sections if section.has_sources]:
            messages.info(request, _listed(lists[0]))
        if self.has_view_or_change_permission(request, topic):
            return redirect("admin:topics_topic_change", topic.pk)
        return redirect("admin:index")

    def paste_page(self, request, form):
        return self.paste_answer(request, "paste.html", title=_("Make a note from a text"), form=form)

    def paste_preview(self, request, form):
        return self.paste_answer(
            request,
            "paste_preview.html",
            title=_("What was found in the text"),
            form=form,
            note=form.note,
            language_name=dict(settings.LANGUAGES)[form.note.language],
            parts=_parts(form),
            before=_shown(form, 0),
            place=last_place(),
            place_label=self.opts.get_field("position").verbose_name,
            not_shown=max(len(form.places) - MOST_TICKS, 0),
        )

    def paste_answer(self, request, template, **context):
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/topics/topic/{template}", context)


def _texts(data):
    return {name: data.get(name, "") for name in ("text", "language", "title")}


def _parts(form):
    """The sections as the page shows them."""
    return [_part(form, section) for section in form.note.sections]


def _part(form, section):
    text, tables = apart_from_tables(section.body)
    return {
        "section": section,
        "field": form[heading_name(section)] if section.is_named_by_us else None,
        "opening": shorten(ESCAPED.sub(r"\1", plain_text(text)).strip(), OPENING_SIGNS),
        "tables": [_table(table, form.note.language) for table in tables],
        "length": len(words(section.body)),
        "places": _shown(form, section.start_line),
        "sources": known_sources(section.body) if section.has_sources else (),
    }


def _table(markdown, language):
    """The first rows of a table as readers will see it, and how many more there are."""
    lines = markdown.split("\n")
    end = ROWS_SHOWN + 2
    return {"html": render("\n".join(lines[:end]), language=language), "more": len(lines[end:])}


def _shown(form, line):
    """Places under the section that starts at ``line``, with whether each is ticked."""
    grouped = by_section(form.places[:MOST_TICKS], form.note)
    ticked = set(form["readings"].value() or ())
    return [(place, place.key in ticked) for place in grouped.get(line, ())]


def _made(topic, sections):
    count = len(sections)
    sentence = ngettext(
        "The draft “%(title)s” is made, with %(count)d section.",
        "The draft “%(title)s” is made, with %(count)d sections.",
        count,
    )
    return sentence % {"title": topic, "count": count}


def _left(count):
    sentence = ngettext(
        "%(count)d place in it may be damage from an old font. When you save this form, it is named.",
        "%(count)d places in it may be damage from an old font. When you save this form, they are named.",
        count,
    )
    return sentence % {"count": count}


def _listed(heading):
    sentence = _(
        "“%(heading)s” is a section of the draft, as it stood. Enter its sources as citations, at the end of this "
        "form; then the section can go."
    )
    return sentence % {"heading": heading}
