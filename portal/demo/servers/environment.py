"""DATA_DIR/env and the key files of a demo or test: generated once, completed when something is missing."""

import secrets
import socket
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from portal.demo.servers.files import make_folder, write_once, write_whole

HEADING = "# Written by the server; the process environment wins. Keep it secret."
KEY_BYTES = 32


def write_env(data_dir: Path, servers: Mapping[str, str], *, with_secrets: bool = True) -> None:
    """Complete DATA_DIR/env (0600): keep what is there, set `servers`, generate missing secrets."""
    path = data_dir / "env"
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    keys = _key_settings(data_dir) if with_secrets else {}
    new = complete(old, {**servers, **keys}, build_generated() if with_secrets else {})
    if new != old and (old or servers or keys):
        write_whole(path, new.encode())


def complete(text: str, settings: Mapping[str, str], generated: Mapping[str, str]) -> str:
    """`text` with every setting as given and every generated value present.

    A last line without its end of line was cut off while somebody wrote it; it is left out if it holds
    a value of ours, which then is made again.
    """
    ours = {*settings, *generated}
    lines = text.splitlines(keepends=True) or [f"{HEADING}\n"]
    if not lines[-1].endswith("\n"):
        cut = lines.pop()
        if "=" in cut and _name(cut) not in ours:
            lines.append(f"{cut}\n")
    present = {_name(line) for line in lines}
    renewed = [
        _line(_name(line), settings[_name(line)]) if _name(line) in settings else line for line in lines
    ]
    missing = {name: value for name, value in {**settings, **generated}.items() if name not in present}
    return "".join([*renewed, *(_line(name, value) for name, value in missing.items())])


def build_generated() -> dict[str, str]:
    """Fresh secrets; used only for names that have no value yet."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "TRACKING_KEY": secrets.token_urlsafe(32),
        "EMAIL_URL": f"smtp://127.0.0.1:{find_free_port()}",
        **build_vnpay_addresses(find_free_port()),
        "DEMO_PHONE_PORT": str(find_free_port()),
    }


def build_vnpay_addresses(port: int) -> dict[str, str]:
    """Where the simulated gateway of a demo listens."""
    url = f"http://127.0.0.1:{port}"
    return {
        "VNPAY_PAY_URL": f"{url}/paymentv2/vpcpay.html",
        "VNPAY_API_URL": f"{url}/merchant_webapi/api/transaction",
    }


def find_free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _key_settings(data_dir: Path) -> dict[str, str]:
    """Make the key files; keys that exist are never replaced, what they sealed could not be opened again."""
    seal = data_dir / "keys" / "seal"
    make_folder(seal.parent, mode=0o700)
    make_folder(seal, mode=0o700)
    for file in (seal / "1.key", seal.parent / "index.key"):
        write_once(file, secrets.token_bytes(KEY_BYTES))
    return {"SEAL_KEYS_DIR": str(seal), "INDEX_KEY_FILE": str(seal.parent / "index.key")}


def _line(name: str, value: str) -> str:
    return f"{name}={value}\n"


def _name(line: str) -> str:
    return line.partition("=")[0].strip()
