"""A procedure as long as the longest of the national catalogue: 94 papers, 20 cases."""

from typing import Any

from tests.factories.catalogue import Document, make_document

PAPERS, CASES = 94, 20
LONGEST = f"truong_hop_{CASES}"
"""The case that needs every paper; each other one needs the first third."""
_NAMES = (
    "Văn bản của người sử dụng lao động giải trình nhu cầu và đề nghị cấp giấy phép theo mẫu số {n}",
    "Giấy xác nhận số {n}",
    "Bản sao có chứng thực giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất hoặc một"
    " trong các giấy tờ khác về quyền sử dụng đất, số thứ tự {n} trong danh mục kèm theo hồ sơ",
)


def list_papers() -> list[dict[str, Any]]:
    """Every ninth is only shown, every tenth optional."""
    return [
        {
            "key": f"giay_{n}",
            "name": {"vi": _NAMES[n % 3].format(n=n)},
            "mode": "present" if n % 9 == 8 else "submit",
            "required": n % 10 != 9,
            "hint": {"vi": f"Nộp theo thứ tự {n}."},
            **({"cases": [LONGEST]} if n > PAPERS // 3 else {}),
        }
        for n in range(1, PAPERS + 1)
    ]


def make_long_document(*, in_form: int = 40) -> Document:
    """`in_form`: how many papers have their own question; the others have the page of loose papers."""
    papers = list_papers()
    asked = [
        {
            "key": f"file_{paper['key']}", "type": "file", "label": paper["name"], "requirement": paper["key"],
            **({"visible_if": {"all": [{"field": "case", "is": LONGEST}]}} if "cases" in paper else {}),
        }
        for paper in papers[:in_form]
    ]  # fmt: skip
    name = {"key": "full_name", "type": "person_name", "label": {"vi": "Họ và tên"}, "required": True}
    return make_document(
        name={"vi": "Cấp giấy phép có danh mục giấy tờ dài nhất trong cả nước"},
        everyday_name={"vi": "Xin giấy phép nhiều giấy tờ nhất"},
        cases=[
            {"key": f"truong_hop_{n}", "label": {"vi": f"Trường hợp {n}: " + _NAMES[n % 3].format(n=n)}}
            for n in range(1, CASES + 1)
        ],
        case_question={"vi": "Bạn thuộc trường hợp nào?"},
        requirements=papers,
        form={
            "pages": [
                {"key": "person", "title": {"vi": "Người nộp"}, "fields": [name]},
                {"key": "papers", "title": {"vi": "Giấy tờ"}, "fields": asked},
            ],
            "parties": [{"role": "owner", "kind": "person", "page": "person", "map": {"name": "full_name"}}],
        },
    )
