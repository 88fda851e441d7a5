"""What each stored field is; see portal.core.classification."""

_RECEIPT = (
    "id agency agency_code year number fee dossier transaction amount lines method agency_name"
    " parent_agency_name issued_at issued_by"
)
_ENTRY = "id transaction kind account amount agency dossier fee at membership note"

FIELDS: dict[str, dict[str, str]] = {
    "Receipt": {
        **dict.fromkeys(_RECEIPT.split(), "internal"),
        "payer_name": "personal",
        "issued_by_name": "personal",
    },
    "LedgerEntry": dict.fromkeys(_ENTRY.split(), "internal"),
}
