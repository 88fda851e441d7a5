"""What each stored field is; see portal.core.classification."""

FIELDS: dict[str, dict[str, str]] = {
    "ReadLog": {
        "id": "internal",
        "dossier_id": "internal",
        "user_id": "internal",
        "membership_id": "internal",
        "agency_id": "internal",
        "at": "internal",
        "door": "internal",
        "what": "internal",
    },
    "AuditEntry": {
        "id": "internal",
        "at": "internal",
        "user": "internal",
        "action": "internal",
        "subject": "internal",
        "detail": "internal",
    },
    "Proposal": {
        "id": "internal",
        "kind": "internal",
        "subject": "internal",
        "payload": "sealed",
        "proposed_by": "internal",
        "proposed_at": "internal",
        "until": "internal",
        "decided_by": "internal",
        "decided_at": "internal",
        "outcome": "internal",
    },
}
