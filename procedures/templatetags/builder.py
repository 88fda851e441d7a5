"""What was typed into an editor of the builder, and what is wrong with it, by name of control."""

from django import template

from procedures.editing.builder.editor import Editor

register = template.Library()


@register.filter
def typed(editor: Editor, name: str) -> object:
    return editor.typed.get(name, "")


@register.filter
def faults(editor: Editor, name: str) -> str:
    return " ".join(editor.errors.get(name, ()))
