"""The browser's list of communes is the server's."""

from django.conf import settings

from procedures.formschema.nations import ETHNICITIES, list_nations
from procedures.formschema.places import build_communes_json, get_place, list_communes, list_provinces


def test_there_are_34_provinces_and_3321_communes() -> None:
    assert len(list_provinces()) == 34
    assert sum(len(list_communes(code)) for code in list_provinces()) == 3321


def test_the_browser_has_the_same_list() -> None:
    kept = (settings.BASE_DIR / "static/js/communes.json").read_text(encoding="utf-8")
    assert kept == build_communes_json(), (
        "run: python -m procedures.formschema.places static/js/communes.json"
    )


def test_places_are_named_as_people_write_them() -> None:
    assert get_place("37", "14533") == "Phường Tây Hoa Lư, tỉnh Ninh Bình"
    assert get_place("01", "00070") == "Phường Hoàn Kiếm, thành phố Hà Nội"
    assert get_place("37") == "Tỉnh Ninh Bình"


def test_peoples_and_nations_are_complete() -> None:
    assert len([code for code in ETHNICITIES if code <= "54"]) == 54
    assert next(iter(list_nations())) == "VN"
    assert {"LA", "KH", "CN", "US", "XX"} <= list_nations().keys()
