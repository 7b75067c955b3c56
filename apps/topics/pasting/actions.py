from django.db import transaction
from django.utils.translation import gettext_noop

from apps import audit
from apps.publishing import history

# How the history says it; translated where it is read.
PASTED = gettext_noop("Made from a pasted text.")


@transaction.atomic
def make_draft(*, topic, sections, by):
    """Saves the rows of a new note, in one revision of its history."""
    with history.act(by, PASTED):
        topic.save()
        for section in sections:
            section.save()
    audit.log(audit.Verb.IMPORTED, by=by, about=topic, kind=topic._meta.label_lower, new=1, changed=0)
    return topic


def damaged_places(*rows):
    """How many damaged runs stand in the texts of ``rows``."""
    return sum(len(runs) for row in rows for runs in row.find_damage().values())
