from django.db import OperationalError

from apps.background.patience import insist
from apps.background.stopping import Stop


def test_what_the_database_refused_is_asked_again_with_one_line_when_it_goes_and_one_when_it_is_back(caplog):
    answers = iter([OperationalError("the server\n\tis shutting down"), OperationalError("connection refused"), "yes"])

    def act():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert insist(act, Stop()) == "yes"
    first, second = caplog.messages
    assert first == "The database does not answer (the server is shutting down). Waiting for it."
    assert second.startswith("The database answers again, after")


def test_whoever_is_told_to_stop_waits_no_longer():
    def act():
        stop.asked = True
        raise OperationalError("connection refused")

    stop = Stop()
    assert insist(act, stop) is None
