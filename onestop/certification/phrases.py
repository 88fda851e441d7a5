"""Common papers, each with a few letters that stand for it: typed, they become the whole name."""

from dataclasses import dataclass

from portal.core.text import clean_line, fold


@dataclass(frozen=True)
class Phrase:
    """`short` is written without marks, in lower case."""

    short: str
    name: str


PHRASES = (
    Phrase("cc", "Thẻ căn cước"),
    Phrase("cccd", "Thẻ căn cước công dân"),
    Phrase("ks", "Giấy khai sinh"),
    Phrase("kh", "Giấy chứng nhận kết hôn"),
    Phrase("kt", "Trích lục khai tử"),
    Phrase("hn", "Giấy xác nhận tình trạng hôn nhân"),
    Phrase("shk", "Sổ hộ khẩu cũ"),
    Phrase("hb", "Học bạ"),
    Phrase("tn", "Bằng tốt nghiệp trung học phổ thông"),
    Phrase("dh", "Bằng tốt nghiệp đại học"),
    Phrase("bd", "Bảng điểm"),
    Phrase("chc", "Chứng chỉ"),
    Phrase("hc", "Hộ chiếu"),
    Phrase("gplx", "Giấy phép lái xe"),
    Phrase("dkx", "Giấy đăng ký xe"),
    Phrase("qsdd", "Giấy chứng nhận quyền sử dụng đất"),
    Phrase("dkkd", "Giấy chứng nhận đăng ký kinh doanh"),
    Phrase("bhxh", "Sổ bảo hiểm xã hội"),
    Phrase("bhyt", "Thẻ bảo hiểm y tế"),
    Phrase("hd", "Hợp đồng"),
)
_NAMES = {phrase.short: phrase.name for phrase in PHRASES}


def expand(typed: str) -> str:
    """The name that the letters stand for, else what was typed on one line. Raises RuleViolation on what is no text."""
    line = clean_line(typed)
    return _NAMES.get(fold(line), line)
