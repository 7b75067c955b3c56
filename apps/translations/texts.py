"""The texts of a record and its parts that one translates: each field of each row, with its source and its state."""

import hashlib
from dataclasses import dataclass, field

from django.db.models import TextField, prefetch_related_objects
from django.utils.text import capfirst

from apps.content.models import Record
from apps.content.translation_state import TranslationState, made_from, states
from apps.languages.fields import column, language_codes


@dataclass
class Text:
    """One text of one row: ``place`` is "record" or the relation that the row stands in, ``made_from`` the source that
    an outdated translation was made from, else None.
    """

    row: Record
    place: str
    name: str
    source_language: str
    language: str
    state: TranslationState
    made_from: str | None

    @property
    def key(self):
        """What the text is called in a form: ``sections/0b1c…/body``."""
        return f"{self.place}/{self.row.pk}/{self.name}"

    @property
    def anchor(self):
        return self.key.replace("/", "-")

    @property
    def label(self):
        return capfirst(self.row._meta.get_field(self.name).verbose_name)

    @property
    def column(self):
        return column(self.name, self.language)

    @property
    def source(self):
        return getattr(self.row, column(self.name, self.source_language)) or ""

    @property
    def target(self):
        return getattr(self.row, self.column) or ""

    @property
    def is_current(self):
        return self.state == TranslationState.CURRENT

    @property
    def is_long(self):
        return isinstance(self.row._meta.get_field(self.name), TextField)


@dataclass
class Group:
    """The texts of one row. ``kind`` and ``title`` ("section", its heading) are "" for the record itself."""

    kind: str
    title: str
    texts: list
    # What the screen makes of them.
    entries: list = field(default_factory=list)


def groups_of(whole, language):
    """The :class:`Group` rows of ``whole`` and of its parts, in its order, without those that have nothing to translate
    into ``language``.
    """
    groups = []
    for place, row in _rows(whole):
        texts = [_text(row, place, name, language) for name, found in states(row).items() if language in found]
        if texts:
            kind, title = ("", "") if place == "record" else (capfirst(row._meta.verbose_name), str(row))
            groups.append(Group(kind, title, texts))
    return groups


def texts_in(groups):
    return [text for group in groups for text in group.texts]


def digest(text):
    """A short text that is another one as soon as ``text`` is: what a form remembers of the text it was opened with."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _rows(whole):
    yield "record", whole
    for relation in whole.part_relations:
        rows = list(getattr(whole, relation).all())
        for row in rows:
            setattr(row, row.whole_relation, whole)  # or each would be asked for it by itself
        prefetch_related_objects(rows, *_links(type(whole)._meta.get_field(relation)))
        yield from ((relation, row) for row in rows)


def _links(relation):
    """What a row of ``relation`` points to beside its whole: a citation is called by its source."""
    is_generic = hasattr(relation, "content_type_field_name")
    own = relation.content_type_field_name if is_generic else relation.field.name
    return [field.name for field in relation.related_model._meta.fields if field.many_to_one and field.name != own]


def _text(row, place, name, language):
    return Text(
        row=row,
        place=place,
        name=name,
        source_language=_source_language(row, name, language),
        language=language,
        state=states(row)[name][language],
        made_from=made_from(row, name, language),
    )


def _source_language(row, name, language):
    """The language it was written in; for a text that this one lacks, the first that has it."""
    order = sorted((code for code in language_codes() if code != language), key=lambda code: code != row.written_in)
    return next((code for code in order if (getattr(row, column(name, code)) or "").strip()), order[0])
