"""Mail that nobody waits for."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from apps.background.terms import terms


def send_mail_later(subject, body, to):
    """Queues a mail for each address in ``to``, in the transaction at hand: rolled back, it was never asked for.

    At least once: a worker that is killed after the mail server said yes sends it again. The second one bears the same
    Message-ID, so most mailboxes show one. Nobody sees the others' addresses, and one that is wrong holds up nobody.
    """
    one_line = " ".join(str(subject).split())
    for address in dict.fromkeys(to):
        send_mail_to.enqueue(one_line, str(body), address)


@task(takes_context=True)
@terms(name=_("Send a mail"), attempts=7, pause=60)  # in all some six hours: mail servers are down for that long
def send_mail_to(context, subject, body, address):
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message_id = f"<{context.task_result.id}@{domain}>"
    EmailMessage(subject, body, to=[address], headers={"Message-ID": message_id}).send()
