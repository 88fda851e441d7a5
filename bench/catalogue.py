"""The catalogue under measurement: the file that PROCEDURES_FILE names, else procedures composed from our own."""

import json
import os
from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path
from typing import Any

import psycopg2

from bench.server import Server
from bench.volume import database_url
from portal.env import BASE_DIR

PROCEDURES = 5700
_OWN = BASE_DIR / "procedures" / "catalogue"
_DOINGS = (
    "Cấp lại",
    "Gia hạn",
    "Thu hồi",
    "Thay đổi nội dung",
    "Xác nhận",
    "Thẩm định",
    "Công nhận",
    "Chấm dứt",
)
_MATTERS = (
    "tàu cá", "bến xe", "phòng thử nghiệm", "giống cây trồng", "trạm vô tuyến điện", "thư viện", "nhà máy điện",
    "cảng cạn", "kho ngoại quan", "quỹ tín dụng", "lễ hội", "vật liệu nổ", "đập thủy lợi", "thiết bị đo", "di tích",
    "rạp chiếu phim", "tổ hợp tác", "khu bảo tồn", "chợ đầu mối", "sân bay",
)  # fmt: skip


def ensure_procedures(server: Server) -> int:
    """Import what is missing once; how many procedures there are."""
    there = count_procedures(server)
    if there >= PROCEDURES * 0.9:
        return there
    file = Path(os.environ.get("PROCEDURES_FILE") or _write_composed(server.data_dir / "procedures.jsonl"))
    server.manage("import_procedures", str(file))
    return count_procedures(server)


def count_procedures(server: Server) -> int:
    with psycopg2.connect(database_url(server)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procedures_procedure")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _write_composed(path: Path) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for record in islice(_compose(), PROCEDURES):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def _compose() -> Iterator[dict[str, Any]]:
    """The names of our own, each with a doing and a matter of its own, in the national shape."""
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_OWN.glob("*.json"))]
    numbers = count(1)
    for doing, matter, document in product(_DOINGS, _MATTERS, documents):
        name = f"{doing} {document['name']['vi'].lower()} đối với {matter}"
        yield {
            "code": f"7.{next(numbers):06d}",
            "name": name,
            "field": f"{document['field']['vi']} {matter}",
            "ministry": "Bộ Thử nghiệm",
            "scope": "national",
            "authority_level": ["tỉnh"],
            "executing_agency": [document["agencies"]["performing"]["vi"]],
            "detail_level": "full",
            "documents": [
                {"name": item["name"]["vi"], "originals": 1, "copies": 0, "case": None}
                for item in document.get("requirements", [])
            ],
            "result": [result["name"]["vi"] for result in document["results"]],
        }
