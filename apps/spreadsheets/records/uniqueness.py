"""What may stand only once in a table, beside the key: asked once for a whole file, its own rows among the others."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, UniqueConstraint
from django.utils.translation import gettext as _

from apps.spreadsheets.declaration import columns_of
from apps.spreadsheets.keys import key_names


@dataclass(frozen=True)
class Clash:
    """``column``: or "" for several. ``may_wait``: who has the value now may be moved by a row below. Without a
    ``sentence`` all is well as long as the file moves the ``holder`` (an id) of the value away.
    """

    column: str
    sentence: str
    may_wait: bool = False
    holder: object = None


class Uniqueness:
    """Of ``model``: its unique fields and its constraints over fields, without those that are its key."""

    def __init__(self, model):
        self.model, keys = model, set(key_names(model))
        singles = [((field.name,), None) for field in model._meta.fields if field.unique and not field.primary_key]
        several = [(each.fields, each) for each in model._meta.constraints if _is_plain(each)]
        self.rules = [_Rule(model, names, rule) for names, rule in [*singles, *several] if set(names) - keys]
        self.names = {name for rule in self.rules for name in rule.names}

    def check(self, record, row, *, last):
        """``[Clash, …]``: what keeps ``record``, of the file's ``row``, from its values."""
        return [each for rule in self.rules for each in rule.check(record, row, last=last)]


def given_away(model, records):
    """``{id: sentence}`` for those of ``records`` whose key, or another value that may stand only once, somebody else
    has. One of ``records`` that has it in the database will not have it when they are stored.
    """
    found = {}
    for stored, sentence in _once(model):
        wanted = {tuple(getattr(record, name) for name in stored): record.pk for record in records}
        any_of = {f"{name}__in": {value[place] for value in wanted} for place, name in enumerate(stored)}
        taken = model._base_manager.filter(**any_of).exclude(pk__in=wanted.values()).order_by().values_list(*stored)
        found |= {wanted[value]: sentence for value in taken if value in wanted}
    return found


def _once(model):
    columns = columns_of(model)
    key = [name for each in key_names(model) for name in columns[each].stored]
    return [(key, _("Somebody else made this record after the preview.")), *(
        (rule.stored, rule.sentence) for rule in Uniqueness(model).rules
    )]  # fmt: skip


def _is_plain(constraint):
    return isinstance(constraint, UniqueConstraint) and constraint.fields and constraint.condition is None


class _Rule:
    def __init__(self, model, names, constraint):
        self.model, self.names, self.constraint = model, tuple(names), constraint
        self.stored = [model._meta.get_field(name).attname for name in names]
        # The ids whose value the file changes, and the row that takes each value.
        self.moved, self.taken = set(), {}

    def check(self, record, row, *, last):
        value = tuple(getattr(record, name) for name in self.stored)
        if None in value or self.before.get(record.pk) == value:
            return
        first = self.taken.setdefault(value, row)
        if first != row:
            yield Clash(self.names[0], _("Row %(row)s takes the same.") % {"row": first})
            return
        holder = self.holders.get(value)
        if holder is None:
            self.moved.add(record.pk)
        elif holder in self.moved:
            self.moved.add(record.pk)
            yield Clash("", "", holder=holder)
        else:
            if not last:
                self.moved.add(record.pk)
                del self.taken[value]
            yield Clash(self.names[0] if len(self.names) == 1 else "", self.sentence, may_wait=not last)

    @cached_property
    def before(self):
        """``{id: value}`` as the database has it."""
        rows = self.model._base_manager.order_by().annotate(own=F("pk")).values_list("own", *self.stored)
        return {pk: tuple(value) for pk, *value in rows}

    @cached_property
    def holders(self):
        return {value: pk for pk, value in self.before.items()}

    @property
    def sentence(self):
        if self.constraint is not None:
            return str(self.constraint.violation_error_message)
        return str(self.model._meta.get_field(self.names[0]).error_messages["unique"])
