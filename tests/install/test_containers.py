"""The container set-up: read by the program that will run it where there is one, and held to its rules."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mailroom.cli import COMMANDS

ROOT = Path(__file__).parents[2]
COMPOSE_FILE = ROOT / "docker-compose.yml"
OURS = {"web", "scanner", "worker", "housekeeper"}
SECRETS = {"POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r", "MAILROOM_SECRET_KEY": "k" * 40}


def compose(command: list[str], secrets: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, "--file", str(COMPOSE_FILE), "config"],
        # Beside the checkout a person may keep an .env with real secrets: it must not help here.
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "COMPOSE_DISABLE_ENV_FILE": "1", **secrets},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def command() -> list[str]:
    for candidate in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(candidate[0]):
            version = subprocess.run([*candidate, "version"], capture_output=True, check=False)
            if version.returncode == 0:
                return candidate
    pytest.skip("there is no docker compose on this machine")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(COMPOSE_FILE.read_text())
    return dict(read["services"])


def test_compose_accepts_the_file(command: list[str]) -> None:
    result = compose(command, SECRETS)
    assert result.returncode == 0, result.stderr
    assert set(yaml.safe_load(result.stdout)["services"]) == OURS | {"postgres", "redis"}


@pytest.mark.parametrize("secret", SECRETS)
def test_compose_asks_for_each_secret(command: list[str], secret: str) -> None:
    result = compose(command, {name: value for name, value in SECRETS.items() if name != secret})
    assert result.returncode != 0
    assert "choose a" in result.stderr


def test_only_the_pages_can_be_reached_from_outside(services: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if "ports" in service} == {"web"}
    assert {name for name, service in services.items() if "outside" in service["networks"]} == {"web"}
    assert services["web"]["ports"][0].startswith("${MAILROOM_ADDRESS:-127.0.0.1:")


def test_any_number_of_workers_can_run(services: dict[str, Any]) -> None:
    assert not {"container_name", "ports", "hostname"} & set(services["worker"])


def test_every_container_is_watched_and_started_again(services: dict[str, Any]) -> None:
    assert all(service["restart"] == "unless-stopped" for service in services.values())
    assert all(service["healthcheck"]["test"] for service in services.values())


def test_no_secret_stands_in_the_files() -> None:
    for name in ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "MAILROOM_SECRET_KEY"):
        assert f"${{{name}:?" in COMPOSE_FILE.read_text()
        assert name not in (ROOT / "Dockerfile").read_text()


def test_the_commands_of_the_containers_exist(services: dict[str, Any]) -> None:
    assert {services[name]["command"][0] for name in OURS} <= set(COMMANDS)
    assert {services[name]["healthcheck"]["test"][1] for name in OURS} == {"mailroom"}
    assert {services[name]["healthcheck"]["test"][2] for name in OURS} <= set(COMMANDS)


def dockerfile_steps() -> Iterator[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith(("#", " ")):
            instruction, _, rest = line.partition(" ")
            yield instruction, rest


def test_the_image_runs_as_an_ordinary_user() -> None:
    steps = list(dockerfile_steps())
    users = [rest for instruction, rest in steps if instruction == "USER"]
    assert users == ["mailroom"]
    after = steps[steps.index(("USER", "mailroom")) :]
    assert {instruction for instruction, _ in after} <= {
        "USER", "ENV", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD"
    }  # fmt: skip


def test_the_image_is_made_by_the_scripts_that_make_runs() -> None:
    steps = [rest for instruction, rest in dockerfile_steps() if instruction == "RUN"]
    makefile = (ROOT / "Makefile").read_text()
    venv = (f"install/venv.sh {made}" for made in ("packages run", "project", "prepared"))
    for script in ("install/packages.sh run", *venv):
        assert any(step.startswith(script) for step in steps)
        assert f"@{script}\n" in makefile


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    for instruction, rest in dockerfile_steps():
        if instruction == "COPY":
            *sources, _ = rest.split()
            for source in sources:
                assert (ROOT / source).exists(), source
                assert f"!{source.rstrip('/')}" in ignored


def test_the_entry_point_is_the_command() -> None:
    entry = [json.loads(rest) for instruction, rest in dockerfile_steps() if instruction == "ENTRYPOINT"]
    assert entry == [["mailroom"]]
