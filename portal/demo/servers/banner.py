"""What a newcomer reads when the demo is ready."""

PASSWORD = "motcua-demo"  # noqa: S105  # known to everybody, and refused outside a demo
PEOPLE = (
    ("congdan1, congdan2", "công dân", "citizens"),
    ("doanhnghiep1", "doanh nghiệp", "business"),
    ("tiepnhan, tiepnhan2", "cán bộ tiếp nhận của hai xã", "reception officers of two communes"),
    ("truongtt", "trưởng trung tâm", "head of the desk"),
    ("thuly", "người thụ lý", "case officer"),
    ("pheduyet", "người có thẩm quyền ký", "approver"),
    ("lanhdao", "lãnh đạo tỉnh", "leader of the province"),
    ("quantri-tthc, quantri-tthc2", "người quản trị TTHC", "catalogue admins"),
    ("quantri", "quản trị hệ thống", "site admin"),
    ("tiepnhan-tt, thuly-tt, pheduyet-tt", "trung tâm của thành phố", "the city's centre"),
)
OTHERS = "-dd đất đai, -xd xây dựng, -tp tư pháp, -tc tài chính, -yt y tế, -ca, -cap công an, -th trường học"
"""Further suffixes in place of -tt; all of them in portal/demo/seeds/officers.py."""


def build_banner(address: str, *, with_people: bool) -> str:
    """Address, and in a demo the people that may sign in."""
    lines = ["", f"  Một Cửa: {address}/"]
    if with_people:
        lines += [f"  Thư gửi đi · outgoing mail: {address}/demo/mailbox/"]
        lines += [f"  Tin nhắn · text messages: {address}/demo/phone/", ""]
        lines += [f"  Mật khẩu của mọi người · password of all: {PASSWORD}"]
        lines += [f"    {names:<35}{role} · {english}" for names, role, english in PEOPLE]
        lines += [f"    … {OTHERS}"]
    lines += ["", "  Ctrl-C để dừng · to stop", ""]
    return "\n".join(lines)
