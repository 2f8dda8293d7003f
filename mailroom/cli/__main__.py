"""``python -m mailroom.cli`` is the ``mailroom`` command."""

from mailroom.cli import main

main(prog_name="mailroom")
