"""The citizen's number of 12 digits (số định danh cá nhân): its structure, and what it says of its owner.

Structure of Thông tư 59/2021/TT-BCA Điều 4: 3 digits for the place of birth registration, 1 for century and
sex, 2 for the year of birth, 6 at random; no check digit. A mismatch is a warning, never a refusal: papers
carry mistakes that only the office may judge.
"""

from django.utils.translation import gettext as _

LENGTH = 12
OLD_LENGTH = 9
MALE, FEMALE = "male", "female"
GENDERS = {"male": MALE, "nam": MALE, "female": FEMALE, "nu": FEMALE}
"""Values of gender questions that are understood."""


def build_warnings(number: str, gender: str = "", birth_date: str = "") -> list[str]:
    """Sentences about a number that does not fit the sex or the year of birth given beside it.

    `gender`: value of the gender question; `birth_date`: ISO, perhaps only the year.
    """
    if len(number) != LENGTH or not number.isdigit():
        return []
    warnings = []
    known = GENDERS.get(gender)
    if known and known != get_gender(number):
        told = _("nam") if get_gender(number) == MALE else _("nữ")
        warnings.append(
            _("Số định danh này thường là của %(gender)s. Xem lại số hoặc giới tính.") % {"gender": told}
        )
    if birth_date and birth_date[:4] != str(get_birth_year(number)):
        warnings.append(
            _("Số định danh này thường là của người sinh năm %(year)d. Xem lại số hoặc ngày sinh.")
            % {"year": get_birth_year(number)}
        )
    return warnings


def get_gender(number: str) -> str:
    return FEMALE if int(number[3]) % 2 else MALE


def get_birth_year(number: str) -> int:
    """0 and 1 stand for the years 1900 to 1999, 2 and 3 for 2000 to 2099, and so on."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def show_number(number: str) -> str:
    """Twelve and nine digits in threes, as people read them aloud: "037 190 001 234"."""
    if len(number) not in (LENGTH, OLD_LENGTH) or not number.isdigit():
        return number
    return " ".join(number[n : n + 3] for n in range(0, len(number), 3))
