"""The settings: one frozen object, from the environment and a file.

Every setting can be given as ``MAILROOM_<NAME>`` in the environment or as ``name = value`` in
``mailroom.toml`` in the working folder; the environment wins. Nonsense refuses to start.
``docs/running.md`` lists them for those who run a mail room.
"""

from __future__ import annotations

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableSettingError

from mailroom.second_reader_address import parse_address

SETTINGS_FILE = Path("mailroom.toml")


class SettingsError(ValueError):
    """A setting is missing or makes no sense; the message names it."""


class Settings(BaseSettings):
    """How this mail room runs. Sizes are in bytes, times in seconds."""

    model_config = SettingsConfigDict(
        env_prefix="MAILROOM_", frozen=True, extra="forbid", toml_file=SETTINGS_FILE
    )

    data: Path = Field(default=Path("data"), description="the folder that holds everything")
    inbox: Path | None = Field(default=None, description="where scans are dropped; data/inbox if not given")
    database_url: str | None = Field(default=None, description="SQLAlchemy address; SQLite if not given")
    redis_url: str | None = Field(default=None, description="an own Redis on a unix socket if not given")
    secret_key: SecretStr | None = Field(
        default=None, description="signs cookies; made and kept if not given"
    )
    host: str = Field(default="127.0.0.1", description="the address that the pages listen on")
    port: int = Field(default=8080, ge=1, le=65535, description="the port that they listen on")
    trusted_hosts: tuple[str, ...] = Field(
        default=("localhost", "127.0.0.1"), min_length=1, description="names that people reach them by"
    )
    https: bool = Field(default=False, description="the pages are reached by https: secure cookies, HSTS")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="cards read at once"
    )
    web_threads: int = Field(default=8, ge=1, le=128, description="pages served at once")

    scan_bytes_max: int = Field(default=100_000_000, ge=10_000, description="of a file")
    scan_pixels_max: int = Field(default=100_000_000, ge=1_000_000, description="of a page")
    scan_pages_max: int = Field(default=200, ge=1, description="of a file")
    quiet_seconds: float = Field(
        default=0.3, gt=0, le=60, description="a file this long unchanged is whole"
    )

    reading_seconds: float = Field(default=60.0, gt=1, description="time to read one card")
    reading_memory: int = Field(
        default=3_000_000_000, ge=500_000_000, description="memory of a reading child"
    )
    errand_attempts: int = Field(
        default=4, ge=1, le=20, description="tries at a card before it goes to a person"
    )

    second_reader_url: str | None = Field(
        default=None, description="an OpenAI-compatible address, such as http://127.0.0.1:8000/v1"
    )
    second_reader_model: str = Field(default="", max_length=200, description="the model's name there")
    second_reader_seconds: float = Field(default=20.0, gt=0, le=600, description="time for one card")
    second_reader_hosts: tuple[str, ...] = Field(
        default=(), description="hosts beyond this machine that cards' texts may be sent to"
    )

    claim_seconds: int = Field(default=300, ge=30, description="how long a card is one person's")
    sign_in_hours: int = Field(default=12, ge=1, le=72, description="after which people sign in anew")

    @field_validator("database_url", "redis_url", mode="after")
    @classmethod
    def _is_url(cls, value: str | None) -> str | None:
        if value is not None and "://" not in value:
            raise ValueError("an address looks like scheme://...")
        return value

    @model_validator(mode="after")
    def _second_reader_is_allowed(self) -> Self:
        if self.second_reader_url is not None:
            parse_address(self.second_reader_url, self.second_reader_hosts)
        return self

    @classmethod
    def settings_customise_sources(  # noqa: D102
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def inbox_folder(self) -> Path:
        """Where scans are dropped."""
        return self.inbox or self.data / "inbox"

    @property
    def quarantine_folder(self) -> Path:
        """Where files go that cannot be taken."""
        return self.data / "quarantine"

    @property
    def vault_folder(self) -> Path:
        """Where scans are kept under their hash."""
        return self.data / "vault"

    @property
    def models_folder(self) -> Path:
        """Where the classifiers stand that were learnt from decisions."""
        return self.data / "models"

    @property
    def run_folder(self) -> Path:
        """Where sockets and process files stand."""
        return self.data / "run"

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address in use."""
        return self.database_url or f"sqlite:///{(self.data / 'mailroom.sqlite3').resolve()}"

    @property
    def redis_socket(self) -> Path:
        """The socket of the embedded Redis."""
        return (self.run_folder / "redis.sock").resolve()

    @property
    def redis_address(self) -> str:
        """The Redis address in use."""
        return self.redis_url or f"unix://{self.redis_socket}"

    @cached_property
    def cookie_key(self) -> str:
        """The key that signs cookies; made once and kept in the data folder where none is set."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return _kept_key(self.data / "secret-key")


def load_settings(**overrides: object) -> Settings:
    """Build the settings from the environment and the file; raises SettingsError naming each fault."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
            for fault in error.errors(include_input=False)
        )
        raise SettingsError(f"The settings make no sense: {faults}.") from error
    except UnreadableSettingError as error:
        # Its text names the setting, and nothing of the value.
        raise SettingsError(f'{error}. Write a list as JSON, such as ["one", "another"].') from error
    except (OSError, ValueError) as error:
        raise SettingsError(f"{SETTINGS_FILE} cannot be read: {error}.") from error


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        # A hard link refuses to overwrite, so that two processes starting at once agree on one key.
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii")
