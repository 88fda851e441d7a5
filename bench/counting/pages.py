"""`python -m bench.counting.pages`: queries of each page as JSON {page: [few rows, many rows]}."""

import json
import os
from urllib.parse import quote_plus

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from dossiers.models import Dossier  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.demo.seeds.codes import COMMUNE  # noqa: E402

FEW, MANY = "1.001456", "1.001193"
LONG = 40
"""Events of a history that counts as long; see bench/p8.py."""


def main() -> None:
    pages = {**_public_pages(), **_desk_pages(), **_dossier_pages(), **_citizen_pages()}
    counts = {name: [count(*few), count(*many)] for name, (few, many) in pages.items()}
    print(json.dumps(counts))


Page = tuple[str, str]
Pair = tuple[Page, Page]


def count(username: str, path: str) -> int:
    """Queries of a page for that person ("" is nobody), once the process is warm but the page is not."""
    client = Client(SERVER_NAME="localhost")
    if username:
        client.force_login(User.objects.get(username=username))
    for _time in range(2):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
    if answer.status_code != 200:  # noqa: PLR2004
        raise ValueError(f"{path} as {username or 'nobody'}: {answer.status_code}")
    return len(captured)


def _public_pages() -> dict[str, Pair]:
    return {
        "/": (("", "/"), ("", "/")),
        "/procedures/": (("", "/procedures/?q=ho+chieu"), ("", "/procedures/")),
        "/procedures/<code>/": (("", f"/procedures/{FEW}/"), ("", f"/procedures/{MANY}/")),
    }


def _desk_pages() -> dict[str, Pair]:
    open_ones = Dossier.objects.filter(agency__code=COMMUNE, status="processing").order_by("-created_at")
    words = quote_plus(open_ones.values_list("owner_name", flat=True)[0])
    views = ("open", "late", "all")
    addresses = {f"/onestop/?view={view}": f"/onestop/?view={view}" for view in views}
    return {
        name: (("tiepnhan", f"{address}&q={words}"), ("tiepnhan", address))
        for name, address in addresses.items()
    }


def _dossier_pages() -> dict[str, Pair]:
    """Of two dossiers alike in all but the length of their history."""
    filed = Dossier.objects.select_related("filed_by").exclude(filed_by=None).order_by("created_at")
    many = filed.filter(last_seq__gte=LONG, status="returned")[0]
    few = filed.filter(last_seq__lt=LONG, status="returned", agency=many.agency_id, channel=many.channel)[0]
    officer = str(User.objects.filter(memberships__agency=many.agency_id).order_by("pk")[0].username)
    filers = [str(dossier.filed_by.username) if dossier.filed_by else "" for dossier in (few, many)]
    places = {f"/onestop/dossiers/<id>/{end}": f"/onestop/dossiers/{{}}/{end}" for end in ("", "history/")}
    pairs = {
        name: ((officer, path.format(few.pk)), (officer, path.format(many.pk)))
        for name, path in places.items()
    }
    own = "/dossiers/{}/".format
    return {**pairs, "/dossiers/<id>/": ((filers[0], own(few.pk)), (filers[1], own(many.pk)))}


def _citizen_pages() -> dict[str, Pair]:
    filed = Dossier.objects.exclude(filed_by=None).values_list("filed_by__username").annotate(n=Count("pk"))
    ordered = [str(name) for name, _n in filed.order_by("n")]
    return {"/dossiers/": ((ordered[0], "/dossiers/"), (ordered[-1], "/dossiers/"))}


if __name__ == "__main__":
    main()
