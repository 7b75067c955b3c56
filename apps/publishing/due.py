"""What was planned for a time that has come. Safe to run at any time, as often as one likes, by several at once."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from apps.content.models import State, content_models
from apps.publishing.actions import publish_due
from apps.publishing.history import keep_edition
from apps.publishing.models import Draft, Edition


def do_what_is_due():
    """Publishes, withdraws and keeps editions; returns the records for which something was done."""
    done = []
    for model in content_models():
        done += [record for record in _planned(model) if publish_due(record=record)]
        if model.keeps_editions:
            done += [record for record in _without_edition(model) if keep_edition(record)]
    return done


def _planned(model):
    now, kind = timezone.now(), ContentType.objects.get_for_model(model)
    drafts = Draft.objects.filter(content_type=kind, publish_at__lte=now).values("object_id")
    return list(model.objects.filter(Q(pk__in=drafts) | Q(withdraw_at__lte=now), state=State.PUBLISHED))


def _without_edition(model):
    """A record that appeared by itself when its time came."""
    kind = ContentType.objects.get_for_model(model)
    known = Edition.objects.filter(content_type=kind).values("object_id")
    return list(model.objects.published().exclude(pk__in=known))
