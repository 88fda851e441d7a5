"""Components that hold other HTML: {% notice %}, {% fold %}, {% scroll %}, {% toolbar %}, each with its end.

Each draws templates/components/<name>.html with the body as `body` and its arguments as variables.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


def _draw(name: str, body: str, variables: dict[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", {**variables, "body": body})


@register.simple_block_tag
def notice(content: str, **variables: Any) -> SafeString:
    return _draw("notice", content, variables)


@register.simple_block_tag
def fold(content: str, **variables: Any) -> SafeString:
    return _draw("fold", content, variables)


@register.simple_block_tag
def scroll(content: str, **variables: Any) -> SafeString:
    return _draw("scroll", content, variables)


@register.simple_block_tag
def toolbar(content: str, **variables: Any) -> SafeString:
    return _draw("toolbar", content, variables)
