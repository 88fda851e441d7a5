"""Pictures of good papers beside bad ones: which files, and what they show in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures.choices import PaperPicture


@dataclass(frozen=True)
class Picture:
    """`good`, `bad`: what each drawing shows, also its text for those who do not see it."""

    kind: str
    good: str | Promise
    bad: str | Promise

    @property
    def good_file(self) -> str:
        return f"img/papers/{self.kind}-good.svg"

    @property
    def bad_file(self) -> str:
        return f"img/papers/{self.kind}-bad.svg"


PICTURES = {
    picture.kind: picture
    for picture in (
        Picture(
            PaperPicture.CARD.value,
            _("Nên: thấy đủ bốn góc thẻ, chữ và ảnh rõ."),
            _("Không nên: bị lóa sáng, mất một góc thẻ."),
        ),
        Picture(
            PaperPicture.SHEET.value,
            _("Nên: chụp thẳng cả trang, thấy đủ chữ và con dấu."),
            _("Không nên: chụp nghiêng, cắt mất con dấu."),
        ),
        Picture(
            PaperPicture.BOOK.value,
            _("Nên: mở phẳng, chụp lần lượt mọi trang có chữ."),
            _("Không nên: trang cong, ngón tay che chữ, thiếu trang."),
        ),
        Picture(
            PaperPicture.FORM.value,
            _("Nên: điền đủ các dòng và đã ký ở cuối."),
            _("Không nên: còn dòng trống, tẩy xóa, chưa ký."),
        ),
        Picture(
            PaperPicture.PORTRAIT.value,
            _("Nên: nhìn thẳng, phông trắng, rõ hai tai."),
            _("Không nên: đội mũ, đeo kính đen, phông nền rối."),
        ),
        Picture(
            PaperPicture.DRAWING.value,
            _("Nên: thấy cả bản vẽ, đọc được kích thước và khung tên."),
            _("Không nên: mờ, cắt mất khung tên và kích thước."),
        ),
        Picture(
            PaperPicture.PLACE.value,
            _("Nên: chụp ban ngày, thấy cả công trình."),
            _("Không nên: chụp tối, chỉ thấy một góc."),
        ),
    )
}
