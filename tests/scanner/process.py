"""The scanner as a process of its own, for tests that kill it: ``python -m tests.scanner.process DATA``."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from mailroom.database import Database
from mailroom.settings import Settings
from mailroom.vault import Vault
from scanner.service import run_scanner


def main() -> None:
    settings = Settings(data=Path(sys.argv[1]))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    run_scanner(settings, Database(settings.database_address), Vault(settings.vault_folder), stop)


if __name__ == "__main__":
    main()
