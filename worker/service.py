"""The reading worker: one process, one queue, one sandboxed child."""

from __future__ import annotations

import logging
import time

from redis import RedisError
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from mailroom.database import Database
from mailroom.settings import Settings
from mailroom.vault import Vault
from worker import jobs
from worker.bell import errand_queue, open_redis
from worker.errand_runner import ErrandRunner
from worker.sandboxed import reading_sandbox

RETRY_SECONDS = 1.0

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
