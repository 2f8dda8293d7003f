"""The bell: announces errands to reading workers over Redis. Losing a ring costs time, never work."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from redis import Redis, RedisError
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE = "errands"
# By name, so that whoever rings imports nothing of what reads.
JOB = "worker.jobs.run_errand"
JOB_PREFIX = "errand-"
TIMEOUT_SECONDS = 2.0
# A failed job tells nothing that the errand does not.
KEEP_SECONDS = 600

log = logging.getLogger(__name__)


def open_redis(address: str, timeout: float | None = None) -> Redis:
    """Connect to Redis at ``address``; ``timeout`` in seconds bounds each command."""
    return Redis.from_url(address, socket_timeout=timeout, socket_connect_timeout=timeout)


def errand_queue(connection: Redis) -> Queue:
    """The one queue of errands. JSON alone: nothing from Redis is ever unpickled."""
    return Queue(QUEUE, connection=connection, serializer=JSONSerializer, default_timeout=-1)


class RedisBell:
    """Rings over Redis; where Redis cannot be reached the housekeeper rings later."""

    def __init__(self, address: str) -> None:
        self._queue = errand_queue(open_redis(address, TIMEOUT_SECONDS))

    def ring(self, errands: Sequence[int]) -> None:
        """Enqueue a job for each errand; logs where Redis cannot be reached."""
        jobs = [
            Queue.prepare_data(
                JOB,
                args=(errand,),
                job_id=f"{JOB_PREFIX}{errand}",
                timeout=-1,
                result_ttl=0,
                failure_ttl=KEEP_SECONDS,
                description=f"{JOB_PREFIX}{errand}",
            )
            for errand in errands
        ]
        try:
            self._queue.enqueue_many(jobs)
        except RedisError as error:
            waiting = "Nobody hears the bell (%s); %d errands wait for the housekeeper."
            log.warning(waiting, error, len(jobs))

    def waiting(self) -> set[int]:
        """Return the errands whose jobs stand in the queue; empty where Redis cannot be reached."""
        try:
            names = self._queue.get_job_ids()
        except RedisError:
            return set()
        return {int(name.removeprefix(JOB_PREFIX)) for name in names if name.startswith(JOB_PREFIX)}
