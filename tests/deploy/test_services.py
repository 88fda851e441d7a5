"""Each service's exact command, run by hand in the order of docker-compose.yml, behind the real proxy."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest

from portal.demo.servers.cluster import Cluster
from portal.demo.servers.engines import find_broker_program
from portal.demo.servers.environment import find_free_port
from portal.demo.servers.places import prepare_place
from portal.env import BASE_DIR, SECRETS, VARIABLES
from tests.deploy.composing import read_compose
from tests.deploy.test_compose_file import VALUES

pytestmark = pytest.mark.xdist_group("deploy")  # one server for all of them
WITHIN_S = 90
COMPOSE = read_compose({**VALUES, "SITE_HOST": "localhost"})


@dataclass(frozen=True)
class Server:
    """A folder in place of the server's disks and network: the same commands, other addresses."""

    folder: Path
    socket_dir: Path
    broker_port: int
    web_port: int
    http_port: int
    https_port: int
    admin_port: int

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    def place(self, text: str) -> str:
        """A path or address of the containers as it is here."""
        for theirs, ours in (
            ("/run/secrets", str(self.secrets)),
            ("/run/keys", str(self.secrets / "keys")),
            ("broker:6379", f"127.0.0.1:{self.broker_port}"),
            ("web:8000", f"127.0.0.1:{self.web_port}"),
            ("0.0.0.0", "127.0.0.1"),
            ("/etc/caddy/Caddyfile", str(BASE_DIR / "deploy" / "Caddyfile")),
            ("/tmp/beat", str(self.folder / "beat")),
        ):
            text = text.replace(theirs, ours)
        return text

    def environment(self, service: str) -> dict[str, str]:
        foreign = {
            *VARIABLES,
            *(f"{name}_FILE" for name in SECRETS),
            "DJANGO_SETTINGS_MODULE",
            "DATABASE_ROLE",
        }
        kept = {name: value for name, value in os.environ.items() if name not in foreign}
        settings = COMPOSE["services"][service].get("environment", {})
        given = {name: self.place(value) for name, value in settings.items()}
        return {
            **kept,
            **given,
            "PATH": f"{Path(sys.executable).parent}:{find_broker_program().parent}:{os.environ['PATH']}",
            "DATA_DIR": str(self.folder / "data"),
            "PORT": str(self.web_port),
            "HTTP_PORT": str(self.http_port),
            "HTTPS_PORT": str(self.https_port),
            "CADDY_ADMIN": f"127.0.0.1:{self.admin_port}",
            "XDG_DATA_HOME": str(self.folder / "caddy"),
            "XDG_CONFIG_HOME": str(self.folder / "caddy"),
        }

    def command(self, service: str) -> list[str]:
        return [self.place(part) for part in COMPOSE["services"][service]["command"]]

    def run(self, service: str, command: list[str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command or self.command(service),
            env=self.environment(service),
            cwd=BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )

    def is_well(self, service: str) -> bool:
        """What the service's own health check says."""
        kind, *command = COMPOSE["services"][service]["healthcheck"]["test"]
        assert kind == "CMD"
        return self.run(service, command).returncode == 0

    def ask(self, path: str, *, body: bytes | None = None) -> HTTPResponse:
        """Through the proxy over TLS, trusting only the certificate authority that it made."""
        authority = self.folder / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        context = ssl.create_default_context(cafile=str(authority))
        connection = HTTPSConnection("localhost", self.https_port, context=context, timeout=20)
        connection.request("GET" if body is None else "POST", path, body=body)
        return connection.getresponse()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    folder.chmod(0o755)
    cluster = Cluster(prepare_place(folder / "cluster"), is_durable=False)
    cluster.create()
    made = Server(folder, cluster.socket_dir, *(find_free_port() for _ in range(5)))
    (folder / "data" / "run").mkdir(parents=True)
    with ExitStack() as stack:
        for left in (folder, cluster.place.cluster_dir):  # the cluster of root lies elsewhere
            stack.callback(shutil.rmtree, left, ignore_errors=True)
        stack.callback(cluster.stop)
        cluster.start()
        make_secrets(made)
        create_roles(made, cluster)
        begin(stack, made, "broker", "--port", str(made.broker_port), "--dir", str(folder))
        prepared = made.run("prepare")
        assert prepared.returncode == 0, prepared.stdout + prepared.stderr
        for service in ("web", "worker", "beat", "proxy"):
            begin(stack, made, service)
        wait_until_well(made, "web")
        wait_for_port(made.https_port)
        yield made


def make_secrets(server: Server) -> None:
    environment = {**os.environ, "SECRETS_DIR": str(server.secrets), "EMAIL_URL": "smtp://127.0.0.1:2525"}
    subprocess.run([BASE_DIR / "deploy" / "make-secrets"], env=environment, check=True, capture_output=True)
    for name in ("database_url", "database_owner_url"):
        file = server.secrets / name
        url = file.read_text(encoding="utf-8")
        file.chmod(0o644)
        file.write_text(
            url.replace("database:5432", quote(str(server.socket_dir), safe="")), encoding="utf-8"
        )


def create_roles(server: Server, cluster: Cluster) -> None:
    environment = {
        **os.environ,
        "PATH": f"{cluster.find_engine().bin_dir}:{os.environ['PATH']}",
        "PGHOST": str(server.socket_dir),
        "POSTGRES_USER": COMPOSE["services"]["database"]["environment"]["POSTGRES_USER"],
        "SECRETS_DIR": str(server.secrets),
    }
    subprocess.run(
        [BASE_DIR / "deploy" / "create-roles.sh"], env=environment, check=True, capture_output=True
    )


def begin(stack: ExitStack, server: Server, service: str, *more: str) -> None:
    with (server.folder / f"{service}.log").open("wb") as log:
        process = subprocess.Popen(
            [*server.command(service), *more],
            env=server.environment(service),
            cwd=BASE_DIR,
            stdout=log,
            stderr=log,
        )
    stack.callback(process.wait, 60)
    stack.callback(process.terminate)


def wait_until_well(server: Server, service: str) -> None:
    end = time.monotonic() + WITHIN_S
    while not server.is_well(service):
        log = (server.folder / f"{service}.log").read_text(encoding="utf-8", errors="replace")
        assert time.monotonic() < end, log[-3000:]
        time.sleep(0.5)


def wait_for_port(port: int) -> None:
    end = time.monotonic() + WITHIN_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return


def test_web_and_worker_are_well_by_their_own_checks(server: Server) -> None:
    assert server.is_well("web")
    wait_until_well(server, "worker")


def test_people_come_in_over_tls_only(server: Server) -> None:
    plain = HTTPConnection("localhost", server.http_port, timeout=20)
    plain.request("GET", "/")
    moved = plain.getresponse()
    home = server.ask("/")

    assert moved.status in {301, 308}
    assert str(moved.headers["Location"]).startswith("https://localhost")
    assert home.status == 200
    assert "max-age=31536000" in str(home.headers["Strict-Transport-Security"])
    assert "thành phố Cần Thơ" in home.read().decode()


def test_cookies_are_tied_to_the_host_and_to_tls(server: Server) -> None:
    cookies = server.ask("/accounts/login/").headers.get_all("Set-Cookie") or []

    assert any(cookie.startswith("__Host-csrftoken=") and "Secure" in cookie for cookie in cookies)


def test_a_demo_door_is_not_there(server: Server) -> None:

    assert server.ask("/demo/mailbox/").status == 404


def test_the_running_product_cannot_change_its_tables(server: Server) -> None:
    url = (server.secrets / "database_url").read_text(encoding="utf-8").strip()
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("ALTER TABLE dossiers_dossier ADD COLUMN intruder int")
    finally:
        connection.close()


def test_preparing_twice_changes_nothing(server: Server) -> None:
    assert "python manage.py migrate --noinput" in server.command("prepare")[-1]
    again = server.run("prepare", ["python", "manage.py", "migrate", "--noinput"])

    assert again.returncode == 0, again.stderr
    assert "No migrations to apply" in again.stdout


def test_secrets_are_made_once_and_nobody_else_gets_in(server: Server) -> None:
    key = (server.secrets / "keys" / "seal" / "1.key").read_bytes()
    make_again = {**os.environ, "SECRETS_DIR": str(server.secrets)}
    subprocess.run([BASE_DIR / "deploy" / "make-secrets"], env=make_again, check=True, capture_output=True)

    assert (server.secrets / "keys" / "seal" / "1.key").read_bytes() == key
    assert len(key) == 32
    assert server.secrets.stat().st_mode & 0o777 == 0o700


def test_without_a_mail_server_the_secrets_are_not_complete(tmp_path: Path) -> None:
    environment = {**os.environ, "SECRETS_DIR": str(tmp_path / "secrets"), "EMAIL_URL": ""}
    told = subprocess.run(
        [BASE_DIR / "deploy" / "make-secrets"], env=environment, capture_output=True, text=True, check=False
    )

    assert told.returncode == 1
    assert "EMAIL_URL=smtp://" in told.stderr


def test_it_refuses_to_start_with_a_secret_missing(server: Server) -> None:
    environment = {**server.environment("prepare"), "SECRET_KEY_FILE": os.devnull}
    told = subprocess.run(
        server.command("prepare"), env=environment, cwd=BASE_DIR, capture_output=True, text=True, check=False
    )

    assert told.returncode != 0
    assert "SECRET_KEY must be a secret" in told.stderr
