"""P3: what a citizen waits for after pressing the button, against what the disk asks for at least."""

import json
import os
import secrets
import time
import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from urllib.request import Request

import psycopg2
from PIL import Image

from bench.figures import Reading, figure
from bench.server import Server
from bench.visits import Visit, sign_in
from bench.volume import database_url, ensure_volume
from portal.demo.seeds.answers import answer_permit
from portal.demo.seeds.codes import COMMUNE

TIMES = 40
WARM_UP = 3
PAPERS = ("giay_to_dat", "ban_ve_thiet_ke")
_SIDE = 300  # pixels; of noise, so about 270 kB


@figure(
    "P3",
    "filing a dossier with two files, durable, over one insert and two fsynced writes, time",
    "x",
    at_most=10,
)
def measure(server: Server) -> Reading:
    """Medians over the API's three calls and over the same bytes written by hand, by turns."""
    ensure_volume(server)
    visit, scan = sign_in(server, "congdan1"), _make_scan()
    filings, floors = [], []
    with psycopg2.connect(database_url(server)) as connection:
        _run(
            connection,
            "CREATE TABLE IF NOT EXISTS bench_floor (id uuid PRIMARY KEY, at timestamptz, body text)",
        )
        for number in range(TIMES + WARM_UP):
            floor = _time(lambda: _write_floor(connection, server.data_dir, scan))
            filing = _time(lambda: _file(server, visit, scan))
            if number >= WARM_UP:
                floors.append(floor)
                filings.append(filing)
        _run(connection, "DROP TABLE bench_floor")
    print(f"filing {median(filings) * 1000:.1f} ms  floor {median(floors) * 1000:.1f} ms", flush=True)
    return Reading(median(filings) / median(floors), TIMES)


def _file(server: Server, visit: Visit, scan: bytes) -> None:
    attachments = [{"requirement": paper, "upload": _upload(server, visit, paper, scan)} for paper in PAPERS]
    body = {
        "procedure": "1.013225",
        "case": "nha_o",
        "agency": COMMUNE,
        "answers": answer_permit("congdan1", "Thửa 12, tờ bản đồ 3"),
        "attachments": attachments,
    }
    headers = {"Content-Type": "application/json", "Idempotency-Key": secrets.token_hex(16)}
    _post(server, visit, "dossiers", json.dumps(body).encode(), headers)


def _upload(server: Server, visit: Visit, name: str, scan: bytes) -> str:
    edge = secrets.token_hex(16)
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}.png"\r\n'
    body = f"{head}Content-Type: image/png\r\n\r\n".encode() + scan + f"\r\n--{edge}--\r\n".encode()
    answer = _post(server, visit, "uploads", body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
    return str(answer["id"])


def _post(server: Server, visit: Visit, path: str, body: bytes, headers: dict[str, str]) -> dict[str, object]:
    request = Request(f"{server.url}/api/v1/{path}", body, {**headers, "X-CSRFToken": visit.token})
    with visit.opener.open(request, timeout=60) as answer:
        read: dict[str, object] = json.load(answer)
    return read


def _write_floor(connection: "psycopg2.extensions.connection", folder: Path, scan: bytes) -> None:
    for number in range(len(PAPERS)):
        with (folder / f"floor-{number}").open("wb") as file:
            file.write(scan)
            file.flush()
            os.fsync(file.fileno())
    _run(connection, "INSERT INTO bench_floor VALUES (%s, now(), %s)", str(uuid.uuid4()), "x" * 500)


def _run(connection: "psycopg2.extensions.connection", statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    connection.commit()


def _time(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _make_scan() -> bytes:
    image = Image.frombytes("RGB", (_SIDE, _SIDE), secrets.token_bytes(_SIDE * _SIDE * 3))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
