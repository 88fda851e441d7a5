"""Pictures of papers for templates."""

from django import template

from procedures.guide.pictures import PICTURES, Picture

register = template.Library()


@register.filter
def picture_of(kind: str) -> Picture | None:
    """The pair of pictures of this kind of paper."""
    return PICTURES.get(kind)
