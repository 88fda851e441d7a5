"""Pasted and imported texts: a small allow-list of marks, everything else harmless, in linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.richtext import reduce_html, render_rich

REDUCED = [
    ("<p>Xin <b>chào</b></p><ul><li>một<li>hai</ul>", "Xin **chào**\n\n- một\n- hai"),
    ("a < b và c > d", "a < b và c > d"),
    ("Kính gửi <tên cơ quan>", "Kính gửi <tên cơ quan>"),
    ("trước<script>alert(1)</script> sau<style>p{}</style>", "trước sau"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;x", "x"),
    ("&amp;amp;lt;b&amp;gt;q", "q"),
    ("<<b>b>x", "x"),
    ("<script>chưa đóng", "chưa đóng"),
    ("<a href='javascript:x'>y</a>", "y"),
    ('<a href="https://a.vn/x?a=1&amp;b=2">trang</a>', "trang https://a.vn/x?a=1&b=2"),
    ("<o:p>Word</o:p><img src=x onerror=alert(1)>", "Word"),
    ("a\x00\u202eb\ud800\u200b", "ab"),
    ("<table><tr><td>một</td><td>hai</td></tr></table>", "một hai"),
    ("•một\n– hai\n-5 độ\n*ghi chú", "- một\n- hai\n-5 độ\n*ghi chú"),
    ("<!-- ẩn -->hiện<![CDATA[x]]>", "hiện"),
    ("  a  \n\n\n\n b", "a\n\nb"),
]


@pytest.mark.parametrize(("html", "text"), REDUCED)
def test_html_becomes_text_with_few_marks(html: str, text: str) -> None:
    assert reduce_html(html) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("một\nhai\n\nba", "<p>một<br>hai</p><p>ba</p>"),
        ("Gồm:\n- một\n+ hai\nhết", "<p>Gồm:</p><ul><li>một</li><li>hai</li></ul><p>hết</p>"),
        ("**đậm** và ** không **", "<p><strong>đậm</strong> và ** không **</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        (
            'Xem https://a.vn/x?a=1&b=2. https://a.vn/"on=1 javascript:x http://b.vn',
            '<p>Xem <a href="https://a.vn/x?a=1&amp;b=2" rel="nofollow noopener">https://a.vn/x?a=1&amp;b=2</a>.'
            ' <a href="https://a.vn/" rel="nofollow noopener">https://a.vn/</a>&quot;on=1 javascript:x http://b.vn</p>',
        ),
        ("", ""),
    ],
)
def test_only_the_few_marks_are_rendered(text: str, html: str) -> None:
    assert render_rich(text) == html


@given(st.text(alphabet="<>/&;ab*-+ \n•scriptlgm#x3!=\"'\x00é", max_size=80))
def test_what_is_reduced_already_comes_back_the_same(text: str) -> None:
    reduced = reduce_html(text)
    assert reduce_html(reduced) == reduced
    assert "<script" not in render_rich(reduced)


@pytest.mark.parametrize(
    "piece",
    ["<", "<script>", "<!--", "&amp;", "**", "<b>", "- ", "<a href='https://", "<a href= ", "a", "\n", "</a"],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    start = time.process_time()
    render_rich(reduce_html("<" + piece * (200_000 // len(piece))))
    assert time.process_time() - start < 1
