"""The texts of a record that one translates from one language into another, as the cells of a sheet have them."""

from dataclasses import dataclass

from django.utils.text import capfirst

from apps.content.models import Record
from apps.content.translation_state import TranslationState, made_from, states
from apps.languages.fields import column, reading
from apps.spreadsheets.records.drafts import digest, shown


@dataclass
class Text:
    """The field ``name`` of ``row``, from the language ``source_language`` into ``language``."""

    row: Record
    name: str
    source_language: str
    language: str
    state: TranslationState

    @property
    def column(self):
        return column(self.name, self.language)

    @property
    def source_column(self):
        return column(self.name, self.source_language)

    @property
    def source(self):
        return shown(self.row, self.source_column)

    @property
    def target(self):
        return shown(self.row, self.column)

    @property
    def source_then(self):
        """The source as it was when an outdated translation was last written, else ``""``."""
        if self.row.written_in != self.source_language:
            return ""
        return made_from(self.row, self.name, self.language) or ""

    @property
    def version(self):
        """What says on the way back whether the one or the other text has changed since; and, with its third digest,
        whether somebody has written over what stands beside them.
        """
        return f"{digest(self.source)}-{digest(self.target)}-{digest_of_cells(self.beside.values())}"

    @property
    def beside(self):
        """``{column: text}``: what is there to be read, and may be another one by the time the sheet comes back."""
        return {"record": self.record_label, "text": self.label, "source_then": self.source_then}

    @property
    def label(self):
        return capfirst(str(self.row._meta.get_field(self.name).verbose_name))

    @property
    def record_label(self):
        """``Study note: Origins``; of a part ``Study note: Origins · Section: Lima``."""
        rows = [self.row] if self.row.whole in (None, self.row) else [self.row.whole, self.row]
        return " · ".join(f"{capfirst(str(row._meta.verbose_name))}: {row}" for row in rows)


def digest_of_cells(texts):
    return digest("\0".join(" ".join(text.split()) for text in texts))


def texts_of(row, source_language, language):
    """The translations that ``row`` has or lacks in ``language``: none for a text that was first written in it."""
    for name, found in states(row).items():
        if language in found:
            text = Text(row, name, source_language, language, found[language])
            if text.source.strip() or text.target.strip():
                yield text


def is_original(row, name, language):
    """Whether the text was first written in ``language``, so that nothing translates it into that."""
    return row.written_in == language and bool(reading(row, name, language).text)
