"""A Redis that is down makes pages slower, never errors."""

import logging
import time
from functools import wraps

import redis
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

# After a failure the cache is left alone for a while: a page asks it a dozen things and must not wait for each.
REST_SECONDS = 10
# The client's own defaults wait without limit and retry for seconds; a page is rendered anew in less.
PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 1)}

OPERATIONS = ["add", "get", "set", "touch", "delete", "has_key", "incr", "clear", "get_many", "set_many", "delete_many"]

# By server, for all threads of the process: until when (time.monotonic) it is left alone.
_resting_until = {}


class FailSoftRedisCache(RedisCache):
    """Django's Redis cache; while the server can't be reached it answers as Django's dummy cache: nothing is there."""

    def __init__(self, server, params):
        super().__init__(server, {**params, "OPTIONS": {**PATIENCE, **params.get("OPTIONS", {})}})
        self._server = str(server)

    @property
    def is_resting(self):
        return time.monotonic() < _resting_until.get(self._server, 0)

    def rest(self, error):
        _resting_until[self._server] = time.monotonic() + REST_SECONDS
        # The kind of error only: its text may hold the address with its password.
        logger.error("No cache (%s); going on without it for %s s.", type(error).__name__, REST_SECONDS)


def _fails_soft(name):
    ask, ask_nobody = getattr(RedisCache, name), getattr(DummyCache, name)

    @wraps(ask)
    def operation(self, *args, **kwargs):
        if not self.is_resting:
            try:
                return ask(self, *args, **kwargs)
            except redis.RedisError as error:
                self.rest(error)
        return ask_nobody(self, *args, **kwargs)

    return operation


for _name in OPERATIONS:
    setattr(FailSoftRedisCache, _name, _fails_soft(_name))
