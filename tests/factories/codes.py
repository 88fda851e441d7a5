"""Codes of shipped procedures that tests name, and the smallest picture: plain values, for those without Django."""

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
MARITAL, BIRTH, HOUSEHOLD_BUSINESS, PERMIT, COPIES, PASSPORT = (
    "1.004873", "1.001193", "1.001612", "1.013225", "2.000815", "1.001456",
)  # fmt: skip
