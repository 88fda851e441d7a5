"""What was asked back from the citizen, in words."""

from dossiers.notices import item_line
from onestop.acts.scene import Scene


def list_asked(scene: Scene) -> list[str]:
    """The items of the open request, each with its reason; nothing without one."""
    request = scene.supplement
    items = request.items if request else []
    return [item_line(item, scene.content) for item in items]
