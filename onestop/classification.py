"""What each stored field is; see portal.core.classification."""

_ENTRY = (
    "id agency agency_code kind year number dossier result receipt pages copies fee signer signer_title signs_for"
    " certified_at certified_by cancelled_at cancelled_by cancel_reason"
)

FIELDS: dict[str, dict[str, str]] = {
    "CertificationEntry": {
        **dict.fromkeys(_ENTRY.split(), "internal"),
        "paper": "sealed",
        "signer_name": "personal",
    },
}
