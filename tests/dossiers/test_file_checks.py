"""What may be uploaded: extension, content and kind agree, or a sentence says which and what to do."""

import io

import pytest
from PIL import Image

from dossiers.file_checks import MAX_BYTES, check_file, safe_name
from portal.core.errors import RuleViolation


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", size).save(out, kind)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("giay chung sinh.png", picture(), "image/png"),
        ("ảnh.JPG", picture("JPEG"), "image/jpeg"),
        ("tờ khai.pdf", PDF, "application/pdf"),
        ("IMG_1.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 32, "image/heic"),
    ],
)
def test_what_is_taken(name: str, content: bytes, mime: str) -> None:
    assert check_file(name, content).mime == mime


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.pdf", b"", "rỗng"),
        ("to.pdf", PDF + b" " * MAX_BYTES, "quá 10 MB"),
        ("chay.exe", b"MZ" + b"\x00" * 64, "Không nhận loại tệp"),
        ("a.pdf.exe", PDF, "Không nhận loại tệp"),
        ("khong-duoi", PDF, "Không nhận loại tệp"),
        ("trang.html", b"<html><script>1</script></html>", "Không nhận loại tệp"),
        ("anh.svg", b"<svg/>", "Không nhận loại tệp"),
        ("gia.pdf", picture(), "không đúng với đuôi tệp"),
        ("gia.png", PDF, "không đúng với đuôi tệp"),
        ("trang.pdf", b"<html></html>", "không đúng với đuôi tệp"),
        ("hong.png", picture()[:40], "bị hỏng"),
        ("lon.png", picture(size=(9000, 9000)), "quá lớn"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj", "thiếu phần cuối"),
        ("khoa.pdf", b"%PDF-1.4\n/Encrypt 1 0 R\n%%EOF", "mật khẩu"),
        ("js.pdf", b"%PDF-1.4\n/JavaScript (app.alert(1))\n%%EOF", "tự chạy"),
    ],
)
def test_what_is_refused_and_how_it_is_said(name: str, content: bytes, words: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_file(name, content)
    assert words in refused.value.message
    assert list(refused.value.errors) == ["file"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\đơn.pdf", "đơn.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00b.pdf", "ab.pdf"),
        ("  .pdf. ", "pdf"),
        ("", "tep"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("e\u0302\u0301.pdf", "ế.pdf"),
    ],
)
def test_names_are_safe_to_show(typed: str, kept: str) -> None:
    assert safe_name(typed) == kept
