"""What each stored field is; see portal.core.classification."""

_FIGURE = "id day agency level channel filed in_time late"

FIELDS: dict[str, dict[str, str]] = {
    "DailyFigure": dict.fromkeys(_FIGURE.split(), "internal"),
    "Fold": dict.fromkeys(["id", "last_event", "folded_at"], "internal"),
}
