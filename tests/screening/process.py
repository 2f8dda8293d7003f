"""A worker as a process of its own: ``python -m tests.screening.process DATA TARGET ERRAND...``."""

from __future__ import annotations

import sys
from pathlib import Path

from mailroom.database import Database
from mailroom.sandbox import Sandbox
from mailroom.settings import Settings
from mailroom.vault import Vault
from worker.errand_runner import ErrandRunner


def main() -> None:
    settings = Settings(data=Path(sys.argv[1]))
    database = Database(settings.database_address)
    with Sandbox(sys.argv[2], 500_000_000) as sandbox:
        runner = ErrandRunner(settings, database, Vault(settings.vault_folder), sandbox)
        for errand in sys.argv[3:]:
            runner.run(int(errand))


if __name__ == "__main__":
    main()
