import sys

from django.core.management.base import BaseCommand

from apps.background.worker import Worker


class Command(BaseCommand):
    help = (
        "Runs what waits in the queue (mails) and the periodic commands, until it is told to stop: the first Ctrl-C or "
        "SIGTERM lets it finish the task in hand, the second stops at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty (for cron)")
        parser.add_argument("--poll", type=float, default=1, help="seconds between two looks into an empty queue")
        parser.add_argument(
            "--grace", type=float, default=30, help="seconds after its time limit until a task counts as abandoned"
        )
        parser.add_argument(
            "--reap-every", type=float, default=10, help="seconds between two looks for abandoned tasks"
        )

    def handle(self, *, once, poll, grace, reap_every, **options):
        worker = Worker(poll=poll, grace=grace, reap_every=reap_every)
        worker.stop.listen()
        try:
            worker.run(once=once)
        except KeyboardInterrupt:
            sys.exit(1)
