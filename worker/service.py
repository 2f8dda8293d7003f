"""The reading worker: one process, one queue, one sandboxed child."""

from __future__ import annotations

import logging
import time

from redis import RedisError
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from mailroom.database import Database
from mailroom.sandbox import Sandbox
from mailroom.settings import Settings
from mailroom.vault import Vault
from worker import jobs
from worker.bell import errand_queue, open_redis
from worker.child import TARGET
from worker.errand_runner import ErrandRunner

RETRY_SECONDS = 1.0
NICE = 5
# One thread each: there is a worker for every core.
CHILD_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}

log = logging.getLogger(__name__)


def run_worker(settings: Settings, database: Database, vault: Vault) -> None:
    """Work until told to stop by SIGTERM or SIGINT, finishing the card in hand.

    RQ's forking worker would load the models anew for each card, and its time limits cannot stop native
    code: here the limits are the sandbox's, and the worker itself does not fork.
    """
    with reading_sandbox(settings) as sandbox:
        sandbox.start()
        jobs.serve_with(ErrandRunner(settings, database, vault, sandbox))
        _work(settings)


def reading_sandbox(settings: Settings) -> Sandbox:
    """A sandbox for the reading child, not yet started."""
    return Sandbox(
        TARGET, settings.reading_memory, file_bytes=200_000_000, nice=NICE, environment=CHILD_ENVIRONMENT
    )


def _work(settings: Settings) -> None:
    while True:
        try:
            connection = open_redis(settings.redis_address)
            queue = errand_queue(connection)
            worker = SimpleWorker(
                [queue], connection=connection, serializer=JSONSerializer, log_job_description=False
            )
            worker.work(logging_level="WARNING")
        except (RedisError, OSError) as error:
            log.warning("Redis cannot be reached (%s); trying again.", error)
            time.sleep(RETRY_SECONDS)
        else:
            return
