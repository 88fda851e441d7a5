"""Long texts with few marks: a blank line, "- " before an item, **bold**, a bare https:// address.

What people paste or other systems send is reduced to these; nothing of its HTML is ever stored or shown.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>]*+)>")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->|<[!?][^<>]*>", re.DOTALL)
_SILENT = ("script", "style", "template", "iframe", "object", "noscript", "svg", "math", "title", "select")
_BREAKS = {
    **dict.fromkeys(("p", "div", "section", "article", "table", "ul", "ol", "dl", "pre", "hr"), "\n\n"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "form", "header", "footer"), "\n\n"),
    **dict.fromkeys(("br", "tr", "dt", "dd", "caption", "option", "address"), "\n"),
    **dict.fromkeys(("td", "th"), " "),
}
_BOLD = ("b", "strong")
_OTHERS = """
    a abbr applet area aside audio base big body button canvas center cite code col colgroup del details dfn dialog
    em embed fieldset figcaption figure font frame frameset head html i img input ins kbd label legend li link main
    map mark marquee meta nav nobr param picture q s samp slot small source span strike sub summary sup tbody
    textarea tfoot thead time tt u var video wbr xml
"""
_KNOWN = frozenset((*_BREAKS, *_BOLD, *_SILENT, *_OTHERS.split()))
_HREF = re.compile(r"""href\s*+=\s*+["']?(https://[^\s"'<>]+)""", re.IGNORECASE)
_WHOLE_HTML = re.compile(r"\s*<(?:!doctype|html|body|p|div|ul|ol|table|span|h[1-6])\b", re.IGNORECASE)
_START, _END, _ITEM = "\x01", "\x02", "\x03"
_BOLD_RUN = re.compile(f"{_START}([^{_START}{_END}\n]*){_END}")
_SPACES = re.compile(r"[^\S\n]+")
_ITEM_START = re.compile(r"^(?:[•·▪●◦‣∙–—]|\*(?= )|-(?!\d))[ \t]*(?=\S)")
_PASSES = 4
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)

_MARK = re.compile(r"\*\*(?!\s)([^*\n]+)(?<!\s)\*\*|(https://[^\s<>\"'*]+)")
_TRAILING = ".,;:!?)]}…”’"
_LIST = re.compile(r"[-+] ")


def clean_text(text: str) -> str:
    """The text in NFC without what cannot be stored or seen: control, bidi and zero-width marks, surrogates."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text))


def reduce_html(text: str) -> str:
    """Plain text with the few marks; what is reduced already comes back the same. Takes linear time.

    Escaped HTML counts as HTML. Words in angle brackets that are no tag ("<tên cơ quan>") stay.
    """
    text = clean_text(text)
    for _pass in range(_PASSES):
        reduced = _reduce_once(text)
        if reduced == text:
            return reduced
        text = reduced
    text = re.sub(r"<(?=[a-zA-Z/!?])|&(?=[#a-zA-Z])", "", text)
    return _reduce_once(text)


def _reduce_once(text: str) -> str:
    if "&" in text:
        text = clean_text(_ENTITY.sub(lambda found: unescape(f"&{found[1]};"), text))
    if "<" in text:
        if _WHOLE_HTML.match(text):
            text = text.replace("\n", " ")
        text = _without_tags(_without_silent(_COMMENT.sub("", text)))
    return _tidy(text)


def _without_silent(text: str) -> str:
    """Drops whole elements that never hold words for people; an unclosed one loses its tag only."""
    for name in _SILENT:
        lowered = text.lower()
        if len(lowered) != len(text) or f"<{name}" not in lowered:
            continue
        kept, at, last = [], 0, lowered.rfind(f"</{name}")
        while (start := lowered.find(f"<{name}", at)) >= 0 and start < last:
            end = lowered.find(">", lowered.find(f"</{name}", start))
            kept.append(text[at:start])
            at = len(text) if end < 0 else end + 1
        text = "".join((*kept, text[at:]))
    return text


def _without_tags(text: str) -> str:
    links: list[str] = []
    return _TAG.sub(lambda found: _replace_tag(found, links), text)


def _replace_tag(found: re.Match[str], links: list[str]) -> str:
    closing, name, rest = found[1], found[2].lower(), found[3]
    if name == "li":
        return "" if closing else f"\n{_ITEM}"
    if name in _BREAKS:
        return _BREAKS[name]
    if name in _BOLD:
        return _END if closing else _START
    if name == "a":
        return _replace_link(closing, rest, links)
    return "" if name in _KNOWN or ":" in name or "=" in rest else found[0]


def _replace_link(closing: str, rest: str, links: list[str]) -> str:
    """The address follows the words of its link."""
    if closing:
        address = links.pop() if links else ""
        return f" {address}" if address else ""
    href = _HREF.search(rest)
    links.append(href[1] if href else "")
    return ""


def _tidy(text: str) -> str:
    text = _BOLD_RUN.sub(_bold, text).replace(_START, "").replace(_END, "")
    lines = [_tidy_line(line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _bold(found: re.Match[str]) -> str:
    words = found[1].strip(f" \t{_ITEM}")
    return f" **{words}** " if words and "*" not in words else f" {words} "


def _tidy_line(line: str) -> str:
    line = _SPACES.sub(" ", line.replace(_ITEM, "- ")).strip()
    line = re.sub(r"^(?:- )+(?=- )", "", line)
    if line in ("-", "•", "+"):
        return ""
    return line if line.startswith("- ") else _ITEM_START.sub("- ", line)


def render_rich(text: str) -> SafeString:
    """HTML of a reduced text: paragraphs, lists, bold and links; everything else is escaped."""
    parts = re.split(r"\n\s*\n", text.strip()) if text else []
    blocks = [block for part in parts for block in _blocks(part)]
    return format_html_join("", "{}", ((block,) for block in blocks))


def _blocks(part: str) -> Iterator[SafeString]:
    lines: list[SafeString] = []
    in_list = False
    for line in part.split("\n"):
        is_item = _LIST.match(line) is not None
        if lines and is_item != in_list:
            yield _block(lines, in_list)
            lines = []
        in_list = is_item
        lines.append(_inline(line[2:] if is_item else line))
    if lines:
        yield _block(lines, in_list)


def _block(lines: list[SafeString], is_list: bool) -> SafeString:
    if is_list:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines)))


def _inline(line: str) -> SafeString:
    pieces: list[tuple[object]] = []
    at = 0
    for found in _MARK.finditer(line):
        pieces.append((line[at : found.start()],))
        if found[1]:
            pieces.append((format_html("<strong>{}</strong>", found[1]),))
            at = found.end()
        else:
            address = found[2].rstrip(_TRAILING)
            pieces.append((format_html('<a href="{}" rel="nofollow noopener">{}</a>', address, address),))
            at = found.start() + len(address)
    pieces.append((line[at:],))
    return format_html_join("", "{}", pieces)
