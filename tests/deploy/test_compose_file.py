"""docker-compose.yml and Dockerfile: valid, complete, without a secret of their own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.env import BASE_DIR, SECRETS, VARIABLES
from portal.gunicorn_conf import graceful_timeout
from tests.deploy.composing import FILE, list_variables, read_compose

VALUES = {
    "SITE_HOST": "dichvucong.example.vn",
    "PROVINCE_NAME": "thành phố Cần Thơ",
    "HELP_PHONE": "1022",
    "MAIL_FROM": "Một Cửa <khong-tra-loi@dichvucong.example.vn>",
}
COMPOSE = read_compose(VALUES)
SERVICES = COMPOSE["services"]
OF_THE_PRODUCT = ("prepare", "web", "worker", "beat")


def test_the_file_fits_the_schema_of_the_compose_specification() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    told = subprocess.run(check, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout + told.stderr


def test_every_value_that_the_operator_gives_is_asked_for_in_words() -> None:
    asked = {variable.name for variable in list_variables() if variable.message}

    assert asked == {variable.name for variable in list_variables()} == set(VALUES)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_whether_it_is_well_and_comes_back(name: str) -> None:
    service = SERVICES[name]
    if name == "prepare":
        assert service["restart"] == "no"
        return

    assert "healthcheck" in service
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OF_THE_PRODUCT)
def test_the_product_runs_without_rights_it_does_not_need(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", OF_THE_PRODUCT)
def test_settings_are_names_that_the_product_reads_and_hold_no_secret(name: str) -> None:
    settings = SERVICES[name]["environment"]

    of_secrets = {f"{name}_FILE" for name in SECRETS}
    assert set(settings) <= set(VARIABLES) | of_secrets
    inside = {"REDIS_URL"}  # an address without a password, in a network without a way out
    assert not {setting for setting in settings if setting in SECRETS} - inside
    files = {value.rpartition("/")[2] for setting, value in settings.items() if setting in of_secrets}
    assert files <= set(SERVICES[name]["secrets"])


def test_the_role_that_may_change_everything_is_given_to_the_preparation_only() -> None:
    holders = {name for name in OF_THE_PRODUCT if "database_owner_url" in SERVICES[name]["secrets"]}

    assert holders == {"prepare"}


def test_secrets_are_files_that_git_and_images_leave_out() -> None:
    assert all(secret["file"].startswith("./secrets/") for secret in COMPOSE["secrets"].values())
    for ignored in (".gitignore", ".dockerignore"):
        lines = (BASE_DIR / ignored).read_text(encoding="utf-8").splitlines()
        assert {"secrets", "secrets/"} & set(lines), ignored


def test_only_the_proxy_is_open_to_the_street() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["database"]["networks"] == SERVICES["broker"]["networks"] == ["inside"]


def test_requests_under_way_are_given_the_time_to_end() -> None:
    assert int(SERVICES["web"]["stop_grace_period"].removesuffix("s")) > graceful_timeout


def test_images_have_a_version() -> None:
    for service in SERVICES.values():
        assert re.fullmatch(r"[a-z/]+:[a-z0-9.-]+", service["image"])
        assert not service["image"].endswith(":latest")


def test_everything_that_the_image_copies_is_there_and_every_app_is_copied() -> None:
    text = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
    copied = [
        line.split()[1] for line in text.splitlines() if line.startswith("COPY") and "--from" not in line
    ]
    apps = {folder.parent.name for folder in BASE_DIR.glob("*/apps.py")}

    assert all((BASE_DIR / name).exists() for name in copied)
    assert apps <= set(copied)
    assert {"portal", "static", "templates", "manage.py"} <= set(copied)


def test_the_image_runs_what_the_service_runs() -> None:
    command = SERVICES["web"]["command"]
    text = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")

    assert f"CMD {str(command).replace(chr(39), chr(34))}" in text


def test_mounted_files_are_there() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert not source.startswith("./deploy") or Path(BASE_DIR / source).is_file(), source
