"""What the rows of a translator's sheet call a record: its kind, and its key as people know it.

``topics.topic`` and ``origins``; ``topics.section`` and ``origins/lima``; of a citation, whose record may be of any
kind, ``events.event/bandung-conference/1``. Where several rows have one key, two questions at one place, the beginning
of the row's id tells them apart: ``origins/1#0b1c2d3e``.
"""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.content.models import record_models
from apps.languages.graphemes import shorten
from apps.spreadsheets.keys import KnownKeys, generic_relations
from apps.spreadsheets.records.wholes import rows_of
from apps.spreadsheets.refusals import with_nearest


class Addresses:
    """Of one sheet. The keys of all wholes of a kind are read in one query, when first asked for; a record keeps the
    key that the database has, whatever its draft wants to be called.
    """

    def __init__(self):
        self.known = KnownKeys()
        self.kinds = {model._meta.label_lower: model for model in record_models()}
        self._keys, self._by_key = {}, {}

    # --- From records to addresses ------------------------------------------------------------------------------------

    def of_wholes(self, model):
        """``{id: key}``"""
        if model not in self._keys:
            texts = self.known[model].text
            counts = Counter(texts.values())
            keys = {pk: _apart(key, pk, counts[key]) for pk, key in texts.items()}
            self._keys[model], self._by_key[model] = keys, {key: pk for pk, key in keys.items()}
        return self._keys[model]

    def of_rows(self, whole):
        """``{(kind, key): row}`` of ``whole`` and its parts, as they are worked on, in their order."""
        own = self.of_wholes(type(whole))[whole.pk]
        rows = [(row, own if row is whole else _key_of_part(row, whole, own)) for row in rows_of(whole)]
        counts = Counter((type(row), key) for row, key in rows)
        return {(row._meta.label_lower, _apart(key, row.pk, counts[type(row), key])): row for row, key in rows}

    # --- And back -----------------------------------------------------------------------------------------------------

    def kind(self, text):
        """The model that ``text`` names; :class:`ValidationError` if none."""
        model = self.kinds.get(text.casefold())
        if model is None:
            sentence = _("There is no kind of record “%(kind)s”.") % {"kind": shorten(text, 60)}
            raise ValidationError(with_nearest(sentence, text, self.kinds))
        return model

    def whole(self, model, key):
        """``(model, id)`` of the whole that a record of ``model`` with ``key`` is, or is a part of."""
        if not model.whole_relation:
            return model, self._find(model, key)
        whole = model._meta.get_field(model.whole_relation).related_model
        if whole is None:
            label, _slash, key = key.partition("/")
            whole = self.kind(label)
        return whole, self._find(whole, "/".join(key.split("/")[: len(whole.key_lookups)]))

    def _find(self, model, key):
        keys = self.of_wholes(model)
        found = self._by_key[model].get(key) or self.known[model].find(key)
        if keys[found] != key and key in self.known[model].pk:
            several = [each for each in keys.values() if each.startswith(f"{key}#")]
            sentence = _("“%(text)s” is the name of several %(kinds)s. Write one of these instead: %(keys)s.")
            facts = {"text": key, "kinds": model._meta.verbose_name_plural, "keys": ", ".join(several[:5])}
            raise ValidationError(sentence % facts)
        return found


def unknown_row(model, key, rows):
    """The sentence about a part that its whole (``rows``: what :meth:`Addresses.of_rows` gives) does not have."""
    sentence = _("There is no %(kind)s “%(key)s”.") % {"kind": model._meta.verbose_name, "key": shorten(key, 60)}
    return with_nearest(sentence, key, [each for kind, each in rows if kind == model._meta.label_lower])


def _key_of_part(row, whole, whole_key):
    """Its own lookups after the key of the whole; before it, where that can be of any kind, the kind."""
    generic = generic_relations(type(row))
    apart = {row.whole_relation, *generic}
    own = [lookup for lookup in row.key_lookups if lookup.partition("__")[0] not in apart]
    begin = [whole._meta.label_lower] if generic else []
    return "/".join([*begin, whole_key, *(str(getattr(row, lookup)) for lookup in own)])


def _apart(key, pk, count):
    return key if count == 1 else f"{key}#{pk.hex[:8]}"
