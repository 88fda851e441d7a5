"""Text cut into folded syllables and neighbouring pairs, and what people write short."""

from procedures.finding.syllables import Syllable, read_syllables

# Written as people write them, folded -> the words they stand for.
ABBREVIATIONS = {
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "cccd": "căn cước công dân",
    "cmnd": "chứng minh nhân dân căn cước",
    "cmt": "chứng minh thư căn cước",
    "cskd": "cơ sở kinh doanh",
    "ct": "công ty",
    "dk": "đăng ký",
    "dkkd": "đăng ký kinh doanh",
    "dn": "doanh nghiệp",
    "gcn": "giấy chứng nhận",
    "gks": "giấy khai sinh",
    "gpkd": "giấy phép kinh doanh",
    "gplx": "giấy phép lái xe",
    "gpxd": "giấy phép xây dựng",
    "hc": "hộ chiếu",
    "hkd": "hộ kinh doanh",
    "htx": "hợp tác xã",
    "kd": "kinh doanh",
    "ks": "khai sinh",
    "lltp": "lý lịch tư pháp",
    "nnn": "người nước ngoài",
    "qsdd": "quyền sử dụng đất",
    "sdt": "số điện thoại",
    "tthn": "tình trạng hôn nhân",
    "ubnd": "ủy ban nhân dân",
    "vneid": "định danh điện tử",
    "xn": "xác nhận",
    "xntthn": "xác nhận tình trạng hôn nhân",
}

# Words of asking, not of the thing asked for.
_ASKING = """
    tôi tui mình em chị anh bạn ta cần muốn xin hỏi là thì mà và với cho của để ở tại nào gì sao đâu như thế có
    không được phải bị đã rồi sẽ này kia ấy á ạ à ơi nhé nha đây dzậy vậy zậy dậy khi lúc làm hả hông hong ko hok
    đc cái chiếc nữa thôi luôn cả bao nhiêu mấy ai giúp dùm giùm nhờ giờ
    how to i my the a of for get do can what where need is an in and
"""
MARKED_FILLERS = frozenset(syllable.marked for syllable in read_syllables(_ASKING))
FILLERS = frozenset(syllable.bare for syllable in read_syllables(_ASKING))
# Without marks these may well be words of the matter: bán, bản, thẻ, đấu, dạy, đẻ, cá, nhờ, án.
DOUBTFUL = frozenset(["ban", "the", "dau", "day", "de", "ca", "in", "an", "lam", "cho", "do"])


def read_words(text: str) -> list[Syllable]:
    """Syllables in order with short forms spelt out: "đk khai sinh" -> đăng ký khai sinh."""
    found: list[Syllable] = []
    for syllable in read_syllables(text):
        expanded = ABBREVIATIONS.get(syllable.bare)
        found += read_syllables(expanded) if expanded else [syllable]
    return found


def list_syllables(text: str) -> list[str]:
    """The bare ones of `read_words`."""
    return [syllable.bare for syllable in read_words(text)]


def squeeze(text: str) -> str:
    """Bare with single spaces, for comparing whole phrases."""
    return " ".join(list_syllables(text))
