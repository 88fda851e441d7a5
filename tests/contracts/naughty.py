"""What hostile, careless and unlucky people send: strings and JSON values that break weak software."""

from typing import Any

LONG = "x" * 100_000

# Texts that cannot be stored, or only by breaking something: refused with a message.
UNCLEAN = ("a\x00b", "\x07 chuông", "\x1b[31mđỏ", "a\x0bb", "\x1f")
"""NUL and C0 controls; lone surrogates cannot even be sent in a form, only as escapes in JSON."""

# Texts that are odd but true: stored exactly (in NFC) or refused by a rule of their field, never worse.
ODD = (
    "Nguye\u0302\u0303n Thi\u0323 Hoa\u0300",  # typed in NFD
    "\u202egnp.exe",  # right-to-left override
    "\u200bz\u200dw\ufeff",  # zero width
    "😀👩‍👩‍👧‍👦 𠀀",  # four bytes, joined emoji, a rare ideograph
    "Ñ\u0301\u0323\u0302\u0308\u0306\u031b" * 20,  # stacked marks
    "١٢٣٤٥",  # digits that are not 0 to 9
    "²½Ⅻ",  # isdigit() says yes, int() says no
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "TCVN3: Ng\xadêi d\xa9n",  # old coding read as Latin
    "a\u2028b\u2029c\x85d",  # line ends that are not \n
    "\x7f\x80\x9f",  # DEL and C1
    "\U0010ffff\ufffe",
)
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)//</title></textarea></style></script>",
    "'; DROP TABLE dossiers_dossier; --",
    "' OR '1'='1",
    "\\",
    "%_%",
    "a:* & !b | (c <-> d)",
    "{{7*7}} {% debug %} ${7*7} #{7*7} <%= 7*7 %>",
    "%(message)s %s %n {0} {x.__class__}",
    "../../../../etc/passwd",
    "C:\\x\\..\\y",
    "=cmd|' /C calc'!A0",
    "a\r\nSet-Cookie: x=1\r\n\r\n<html>",
    "file:///etc/passwd",
    "http://169.254.169.254/",
    "null",
    "undefined",
    "NaN",
    "true",
)
NUMBERS = ("-1", "0", "-0", "1,5", "1.5.5", "1e400", "1e5", "0x10", "9" * 30, "9" * 1000, " 7 ", "+5")
DAYS = (
    "31/02/2023",
    "29/02/2023",
    "00/00/0000",
    "01/01/0001",
    "31/12/9999",
    "2023-02-31",
    "0001-01-01",
    "9999-12-31",
    "1/1/2090",
)
IDS = (
    "0" * 13,
    "092190001234 ",
    "999999999999",
    "not-a-uuid",
    "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-0000-0000-000000000000}",
    "urn:uuid:00000000-0000-0000-0000-000000000000",
)
BLANK = ("", "   ", "\t\n", "\u3000")
MIXTURE = "😀 \u202e\u200b <script>alert(1)</script> {{7*7}} %(x)s {0} ' \" \\ =1+1 %_ :* 𠀀"
"""Many of them at once, for where every request costs."""
TEXTS: tuple[str, ...] = (*BLANK, *ODD, *ATTACKS, *NUMBERS, *DAYS, *IDS, *UNCLEAN, LONG)

# A value of every JSON type, and the edges of each; for fields of the API.
VALUES: tuple[Any, ...] = (
    None,
    -1,
    10**17,
    1e300,
    "",
    LONG,
    "a\x00b",
    "0001-01-01",
    "9999-12-31T23:59:59Z",
    [None],
    {},
)
INNER: tuple[Any, ...] = (None, -1, "", LONG, "a\x00b", "0001-01-01", [{}])
"""Fewer, for the fields of objects inside."""

# Bodies that are no JSON of one meaning, with the status that each deserves.
BODIES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 422),  # read as an object without any field
    "cut off": (b'{"a":', 400),
    "two values": (b"{} {}", 400),
    "byte order mark": (b"\xef\xbb\xbf{}", 400),
    "not UTF-8": (b'{"a":"\xff"}', 400),
    "UTF-16": ('{"a":1}'.encode("utf-16"), 400),
    "NaN": (b'{"a":NaN}', 400),
    "infinity": (b'{"a":-Infinity}', 400),
    "beyond a float": (b'{"a":1e400}', 400),
    "10^30": (b'{"a":1000000000000000000000000000000}', 400),
    "5,000 digits": (b'{"a":' + b"9" * 5000 + b"}", 400),
    "a key twice": (b'{"a":1,"a":2}', 400),
    "a key twice, in NFC": ('{"e\u0302":1,"\u00ea":2}'.encode(), 422),
    "100,000 deep": (b"[" * 100_000 + b"]" * 100_000, 400),
    "deep objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400),
    "60,000 values": (b"[" + b"1," * 60_000 + b"1]", 400),
    "3 MB": (b'"' + b"x" * (3 * 2**20) + b'"', 413),
    "lone surrogate": (b'{"a":"\\ud800"}', 422),
    "surrogate in a key": (b'{"\\udfff":1}', 422),
    "escaped NUL": (b'{"a":"\\u0000"}', 422),
    "escaped bell in a key": (b'{"a\\u0007":1}', 422),
    "null": (b"null", 400),
    "a list": (b"[]", 400),
    "a text": (b'"x"', 400),
    "a number": (b"-0", 400),
}
