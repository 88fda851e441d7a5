"""Days in words, as civil status papers ask for them (Thông tư 04/2020/TT-BTP: "ghi bằng chữ")."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
TEN = 10


def day_in_words(iso: str) -> str:
    """ "1990-08-15" -> "ngày mười lăm tháng tám năm một nghìn chín trăm chín mươi"; partial dates too."""
    parts = iso.split("-")
    words = [f"năm {_year(int(parts[0]))}"]
    if len(parts) > 1:
        month = int(parts[1])
        words.insert(0, f"tháng {'tư' if month == 4 else _below_hundred(month)}")  # noqa: PLR2004  tháng tư
    if parts[2:]:
        words.insert(0, f"ngày {_below_hundred(int(parts[2]))}")
    return " ".join(words)


def _year(year: int) -> str:
    thousands, rest = divmod(year, 1000)
    hundreds, rest = divmod(rest, 100)
    words = [f"{DIGITS[thousands]} nghìn"]
    if hundreds or rest:
        words.append(f"{DIGITS[hundreds]} trăm")
    if 0 < rest < TEN:
        words.append("linh")
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, TEN)
    if tens == 0:
        return DIGITS[ones]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 4: "bốn" if tens == 1 else "tư", 5: "lăm"}
    return f"{head} {last.get(ones, DIGITS[ones])}".strip()
