"""The reference on a form filled at home: `P-7KQ4N2TB9X`, in its QR code and typed at the desk.

Ten characters of Crockford's base 32 without vowels, D and W, so that neither Telex nor VNI on the desk's
computer makes other letters of what a scanner types; 47 bits at random. One at least is a digit, by which the
scan box of every staff page knows a code.
"""

import re
import secrets

PREFIX, LENGTH = "P-", 10
ALPHABET = "0123456789BCFGHJKMNPQRSTVXZ"
_CODE = re.compile(rf"P([{ALPHABET}]{{{LENGTH}}})")
_LONGEST = 40


def new_code() -> str:
    """A code nobody can guess."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
        if any(letter.isdigit() for letter in code):
            return PREFIX + code


def read_code(typed: str) -> str | None:
    """The code in what was scanned or typed, in any case and spacing; None for anything else."""
    if len(typed) > _LONGEST:
        return None
    plain = "".join(letter for letter in typed.upper() if letter != "-" and not letter.isspace())
    found = _CODE.fullmatch(plain.translate(str.maketrans("OIL", "011")))
    return PREFIX + found.group(1) if found else None


def show_code(code: str) -> str:
    """As it is read out: `P-7KQ4N-2TB9X`."""
    plain = code.removeprefix(PREFIX)
    return f"{PREFIX}{plain[: LENGTH // 2]}-{plain[LENGTH // 2 :]}"
