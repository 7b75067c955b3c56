"""The rows of a draft, made from a parsed note and not saved yet, and what the models have to say against them.

Damage from an old font is not asked about: the draft is where it is mended.
"""

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.content.models import State, wrong_addresses
from apps.languages.fields import column, language_columns
from apps.topics.models import Section, Topic
from apps.topics.pasting.scripts import DEVANAGARI

# The form of the draft sends all fields of all sections at once (DATA_UPLOAD_MAX_NUMBER_FIELDS).
MOST_SECTIONS = 100
SLUG_LENGTH = 60


def last_place():
    return (Topic.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def rows_of(note, *, title, slug, headings, by):
    """``(topic, sections)``. ``headings``: by the line of a section, those to take in place of the note's."""
    texts = {column("title", note.language): title, column("summary", note.language): note.summary}
    topic = Topic(
        **{**dict.fromkeys(language_columns(Topic), ""), **texts},
        slug=slug,
        state=State.DRAFT,
        source_language=note.language,
        created_by=by,
        position=last_place(),
    )
    names = [headings.get(section.start_line, section.heading) for section in note.sections]
    rows = []
    for section, name, anchor in zip(note.sections, names, anchors(names, note.language), strict=True):
        texts = {column("heading", note.language): name, column("body", note.language): section.body}
        texts = {**dict.fromkeys(language_columns(Section), ""), **texts}
        rows.append(Section(topic=topic, position=len(rows) + 1, anchor=anchor, **texts))
    return topic, rows


def anchors(headings, language):
    """An anchor for each heading, no two the same: its words in English, else its number: ``section-3``."""
    longest = Section._meta.get_field("anchor").max_length - len("-100")
    by_words = language == settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    found = []
    for number, heading in enumerate(headings, start=1):
        wanted = (by_words and address_name(heading, longest)) or f"section-{number}"
        found.append(unlike(wanted, found))
    return found


def address_name(text, length=SLUG_LENGTH):
    """``text`` as part of an address, cut between words; ``""`` where it is not Latin: Hindi is never made into one."""
    name = "" if DEVANAGARI.search(text) else slugify(text.replace("_", " "))
    if len(name) <= length:
        return name
    return (name[:length].rpartition("-")[0] or name[:length]).strip("-")


def free_slug(title):
    wanted = address_name(title)
    taken = Topic.objects.filter(slug__startswith=wanted).values_list("slug", flat=True) if wanted else ()
    return wanted and unlike(wanted, set(taken))


def unlike(name, others):
    number, free = 1, name
    while free in others:
        number += 1
        free = f"{name}-{number}"
    return free


def too_much(note):
    """Sentences about what no draft has room for, in the words of the pasted text."""
    most = Section._meta.get_field("heading").max_length
    sentences = [
        _("Line %(line)s: this heading has %(count)s characters, at most %(most)s have room. Shorten it: “%(start)s…”")
        % {"line": each.start_line, "count": len(each.heading), "most": most, "start": each.heading[:40]}
        for each in note.sections
        if len(each.heading) > most
    ]
    if len(note.sections) > MOST_SECTIONS:
        words = {"count": len(note.sections), "most": MOST_SECTIONS}
        sentences.append(
            _("These are %(count)s sections; a note has at most %(most)s. Make several notes of the text.") % words
        )
    return sentences


def problems(topic, sections, note):
    """``{"slug": […], "title": […], "": […]}``: what the models refuse; ``""`` is about the text."""
    title = column("title", topic.source_language)
    found = {}
    for check in (topic.clean_fields, topic.validate_unique, topic.validate_constraints):
        for name, sentences in _refused(check).items():
            found.setdefault({title: "title", "slug": "slug"}.get(name, ""), []).extend(sentences)
    if not found.get("slug"):
        found["slug"] = wrong_addresses(Topic, {topic.pk: topic.slug}).get(topic.pk, [])
    for row, section in zip(sections, note.sections, strict=True):
        sentences = [each for those in _refused(row.clean_fields, exclude=["topic"]).values() for each in those]
        if missing := row.new_broken_references(column("body", topic.source_language)):
            sentences.append(_("No record has this address: %(references)s.") % {"references": ", ".join(missing)})
        where = {"number": row.position, "line": section.start_line}
        found.setdefault("", []).extend(
            _("Section %(number)s (line %(line)s): %(sentence)s") % {**where, "sentence": each} for each in sentences
        )
    return {name: list(dict.fromkeys(sentences)) for name, sentences in found.items() if sentences}


def _refused(check, **options):
    try:
        check(**options)
    except ValidationError as error:
        return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return {}
