"""Provinces and communes since 1 July 2025: 34 and 3,321, two levels, by their official codes.

The list comes from the package vietnam-provinces. `static/js/communes.json` is the same list for the browser;
write it anew with `python -m procedures.formschema.places static/js/communes.json`.
"""

import json
import sys
from functools import lru_cache
from pathlib import Path

from vietnam_provinces import Province, Ward

from portal.core.text import sort_key

ABROAD = "99"
"""Stands in the place of a province's code for an address outside Việt Nam."""


@lru_cache(maxsize=1)
def list_provinces() -> dict[str, str]:
    """Name by two-digit code, in the order of the names; the word "Thành phố" does not count."""
    names = {f"{int(province.code):02d}": province.name for province in Province.iter_all()}
    return dict(sorted(names.items(), key=lambda pair: sort_key(pair[1].removeprefix("Thành phố "))))


@lru_cache(maxsize=1)
def _communes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {code: {} for code in list_provinces()}
    for ward in Ward.iter_all():
        found[f"{int(ward.province_code):02d}"][f"{int(ward.code):05d}"] = ward.name
    return {
        province: dict(sorted(communes.items(), key=lambda pair: sort_key(_bare(pair[1]))))
        for province, communes in found.items()
    }


def list_communes(province: str) -> dict[str, str]:
    """Name by five-digit code, ordered by the name without "Xã", "Phường"; empty for an unknown province."""
    return _communes().get(province, {})


def get_place(province: str, commune: str = "") -> str:
    """ "Xã An Bình, tỉnh Ninh Bình"; unknown codes are shown as they are."""
    name = list_provinces().get(province, province)
    if province in list_provinces() and not name.startswith("Thành phố"):
        name = f"tỉnh {name}" if commune else f"Tỉnh {name}"
    elif commune:
        name = name[:1].lower() + name[1:]
    place = list_communes(province).get(commune, commune)
    return f"{place}, {name}" if place else name


def build_communes_json() -> str:
    """{"37": [["14xxx", "Xã An Bình"], …], …}: what the browser needs to fill the list of communes."""
    lists = {code: [list(pair) for pair in list_communes(code).items()] for code in list_provinces()}
    return json.dumps(lists, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _bare(name: str) -> str:
    for kind in ("Đặc khu ", "Phường ", "Xã "):
        name = name.removeprefix(kind)
    return name


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(build_communes_json(), encoding="utf-8")
