"""Made-up people by the thousand."""

from random import Random

_FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Hờ", "Giàng", "Sùng", "Thạch", "Kim", "Y", "Đinh", "Mai",
)  # fmt: skip
_MIDDLES = ("Văn", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Quốc", "Thu", "Kim", "A", "Xuân", "Bảo", "")
_GIVEN = (
    "An", "Anh", "Bình", "Châu", "Cường", "Dung", "Dũng", "Đào", "Giang", "Hà", "Hải", "Hạnh",
    "Hiếu", "Hoa", "Hòa", "Hùng", "Hương", "Khang", "Khánh", "Lan", "Linh", "Long", "Mai", "Minh",
    "Nam", "Nga", "Ngân", "Nhung", "Phúc", "Phương", "Quang", "Quý", "Sơn", "Tâm", "Thảo", "Thắng",
    "Thúy", "Trang", "Trí", "Trung", "Tú", "Tuấn", "Tùng", "Uyên", "Vinh", "Vy", "Xuân", "Yến",
    "Páo",
)  # fmt: skip


def make_name(random: Random) -> str:
    """A full name; family names are as uneven as in life."""
    family = _FAMILIES[min(int(random.expovariate(0.25)), len(_FAMILIES) - 1)]
    parts = (family, random.choice(_MIDDLES), random.choice(_GIVEN))
    return " ".join(part for part in parts if part)


def name_of(number: int) -> str:
    """The name of the person with that number, always the same."""
    return make_name(Random(number))  # noqa: S311


def make_national_id(random: Random) -> str:
    """Twelve digits of a province that does not exist."""
    return f"099{random.randrange(10**9):09d}"


def make_phone(random: Random) -> str:
    """A number of a prefix nobody has."""
    return f"0900{random.randrange(10**6):06d}"
