"""Settings from outside: who wins, what is refused, and what must not start."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from portal.env import (
    Environment,
    merge,
    open_secret_files,
    parse_env,
    read_database_url,
    read_environment,
)
from portal.production import list_faults, refuse_unsafe_start


def test_the_process_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("HELP_PHONE=1022\nPROVINCE_NAME=Tỉnh A\n", encoding="utf-8")

    environment = read_environment({"DATA_DIR": str(tmp_path), "HELP_PHONE": "1900"})

    assert environment.text("HELP_PHONE") == "1900"
    assert environment.text("PROVINCE_NAME") == "Tỉnh A"


def test_a_database_from_the_process_replaces_all_of_the_file_s_database() -> None:
    file = {"DATABASE_URL": "a", "DATABASE_OWNER_URL": "b", "PRIVATE_DATABASE": "1", "REDIS_URL": "c"}

    assert merge({"DATABASE_URL": "x"}, file) == {"DATABASE_URL": "x", "REDIS_URL": "c"}


def test_a_secret_of_the_process_replaces_the_secret_file_of_the_file() -> None:
    assert merge({"SECRET_KEY": "x"}, {"SECRET_KEY_FILE": "/run/key"}) == {"SECRET_KEY": "x"}


@pytest.mark.parametrize("line", ["SECRET_KEI=x", "no equals sign", "lower=1", "DATA_DIR=/elsewhere"])
def test_a_line_that_nobody_reads_is_refused(line: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        parse_env(f"# demo\n{line}\n", source="env")


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n", encoding="utf-8")

    assert open_secret_files({"SECRET_KEY_FILE": str(tmp_path / "key")})["SECRET_KEY"] == "s3cret"


def test_a_missing_secret_file_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE"):
        open_secret_files({"SECRET_KEY_FILE": "/nowhere/key"})


@pytest.mark.parametrize("value", ["yes", "true", "on", "2", " 1"])
def test_a_switch_is_0_or_1(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TLS must be 0 or 1"):
        Environment({"TLS": value}).flag("TLS", default=True)


@pytest.mark.parametrize("value", ["", "0x10", "-1", "1.5", "٣"])
def test_a_number_is_digits(value: str) -> None:
    environment = Environment({"PORT": value})
    if value == "":
        assert environment.number("PORT", 8000) == 8000
    else:
        with pytest.raises(ImproperlyConfigured, match="PORT"):
            environment.number("PORT", 8000)


def test_a_socket_s_folder_keeps_its_case() -> None:
    url = "postgresql://motcua_app@%2Fsrv%2FData%20Dir%2Frun/motcua"

    assert read_database_url(url) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "motcua",
        "USER": "motcua_app",
        "PASSWORD": "",
        "HOST": "/srv/Data Dir/run",
        "PORT": "",
        "OPTIONS": {},
    }


def test_a_database_elsewhere_has_password_port_and_options() -> None:
    read = read_database_url("postgres://app:p%40ss@db.example:6432/motcua?sslmode=require")

    assert (read["HOST"], read["PORT"], read["PASSWORD"]) == ("db.example", "6432", "p@ss")
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_no_other_engine_serves() -> None:
    with pytest.raises(ImproperlyConfigured, match="only PostgreSQL"):
        read_database_url("sqlite:///x.db")


@pytest.fixture
def production(settings: Settings) -> Settings:
    """A complete installation outside demo and test."""
    settings.DEMO, settings.TEST, settings.DEMO_IS_UNSTATED = False, False, False
    settings.DATABASE_GIVEN = True
    settings.ALLOWED_HOSTS = ["motcua.example"]
    settings.SECRET_KEY = "k" * 50
    settings.TRACKING_KEY = b"t" * 40
    return settings


@pytest.mark.usefixtures("production")
def test_a_complete_installation_starts() -> None:
    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("SECRET_KEY", "dev-only", "SECRET_KEY"),
        ("TRACKING_KEY", b"", "TRACKING_KEY"),
        ("DATABASE_GIVEN", False, "DATABASE_URL"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
        ("DEBUG", True, "DEBUG"),
        ("INDEX_KEY_FILE", Path("/nowhere/index.key"), "INDEX_KEY_FILE"),
        ("SEAL_KEYS_DIR", Path("/nowhere"), "SEAL_KEYS_DIR"),
    ],
)
def test_an_unsafe_one_does_not(production: Settings, name: str, value: object, fault: str) -> None:
    setattr(production, name, value)

    with pytest.raises(ImproperlyConfigured, match=fault):
        refuse_unsafe_start()


def test_a_demo_on_a_foreign_database_must_be_said(production: Settings) -> None:
    production.DEMO = production.DEMO_IS_UNSTATED = True
    assert "DEMO" in list_faults()[0]

    production.DEMO_IS_UNSTATED = False
    assert list_faults() == []
