"""Amounts of money in Vietnamese words, as receipts write them.

North Vietnamese usage: linh, nghìn, tỷ; mốt, tư and lăm after mươi, lăm after mười.
"""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
TEN, HUNDRED = 10, 100
_AFTER_MUOI = {1: "mốt", 4: "tư", 5: "lăm"}


def amount_in_words(amount: int) -> str:
    """15000 -> "Mười lăm nghìn đồng". `amount` in đồng; ValueError below 0."""
    if amount < 0:
        raise ValueError("an amount on a receipt is not negative")
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(number: int) -> str:
    """1005 -> "một nghìn không trăm linh năm". `number` from 0."""
    if number == 0:
        return DIGITS[0]
    billions, rest = divmod(number, BILLION)
    words = [number_in_words(billions), "tỷ"] if billions else []
    return " ".join(words + _below_billion(rest, is_first=not billions))


def _below_billion(number: int, *, is_first: bool) -> list[str]:
    """Groups of three digits; every group but the very first is read with its hundreds."""
    words: list[str] = []
    for unit, name in ((MILLION, "triệu"), (THOUSAND, "nghìn"), (1, "")):
        group = number // unit % THOUSAND
        if group:
            words += _group(group, is_first=is_first and not words)
            words += [name] if name else []
    return words


def _group(number: int, *, is_first: bool) -> list[str]:
    hundreds, rest = divmod(number, HUNDRED)
    words = [] if is_first and not hundreds else [DIGITS[hundreds], "trăm"]
    return words + _below_hundred(rest, has_hundreds=bool(words))


def _below_hundred(number: int, *, has_hundreds: bool) -> list[str]:
    tens, ones = divmod(number, TEN)
    if not tens:
        return ([] if not ones else ["linh", DIGITS[ones]]) if has_hundreds else [DIGITS[ones]]
    if tens == 1:
        return ["mười", *_ones(ones, {5: "lăm"})]
    return [DIGITS[tens], "mươi", *_ones(ones, _AFTER_MUOI)]


def _ones(number: int, special: dict[int, str]) -> list[str]:
    return [special.get(number, DIGITS[number])] if number else []
