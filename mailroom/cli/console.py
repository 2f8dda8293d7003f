"""What the processes print, on one terminal: each line behind the name of the process that printed it."""

from __future__ import annotations

from typing import TextIO

from supervisor import events
from supervisor.datatypes import RestartUnconditionally

NAME_WIDTH = 12


class Console:
    """Turns the supervisor's events into lines on a stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun: dict[str, bytes] = {}

    def listen(self) -> None:
        """Take the supervisor's events from now on."""
        events.subscribe(events.ProcessLogEvent, self.printed)
        events.subscribe(events.ProcessStateExitedEvent, self.exited)
        events.subscribe(events.ProcessStateBackoffEvent, self.failed)
        events.subscribe(events.SupervisorStoppingEvent, self.stopping)

    def printed(self, event: events.ProcessLogEvent) -> None:
        """Show the whole lines that a process printed; what follows the last of them waits for its end."""
        name = event.process.config.name
        *lines, rest = (self._begun.get(name, b"") + event.data).split(b"\n")
        self._begun[name] = rest
        for line in lines:
            self.say(name, line.decode("utf-8", "replace"))

    def exited(self, event: events.ProcessStateExitedEvent) -> None:
        """Say that a process ended by itself, unless its work was done."""
        if not event.expected or event.process.config.autorestart is RestartUnconditionally:
            self.say(event.process.config.name, "ended; starting it again")

    def failed(self, event: events.ProcessStateBackoffEvent) -> None:
        """Say that a process ended before it had properly begun."""
        self.say(event.process.config.name, f"did not start; trying again in {event.process.backoff} s")

    def stopping(self, _event: events.SupervisorStoppingEvent) -> None:
        """Say that the end has begun."""
        self.say("mailroom", "stopping")

    def say(self, name: str, line: str) -> None:
        """Print one line behind a name."""
        self._stream.write(f"{name:<{NAME_WIDTH}}| {line}\n")
        self._stream.flush()
