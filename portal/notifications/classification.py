"""How sensitive each field of this app is."""

FIELDS: dict[str, dict[str, str]] = {
    "Message": {
        "id": "internal",
        "event": "internal",
        "event_key": "internal",
        "recipient_key": "internal",
        "user_id": "internal",
        "address": "sealed",
        "context": "sealed",
        "language": "internal",
        "subject_key": "internal",
        "created_at": "internal",
        "read_at": "internal",
    },
    "Delivery": {
        "id": "internal",
        "message": "internal",
        "channel": "internal",
        "status": "internal",
        "reference": "internal",
        "attempts": "internal",
        "lost_leases": "internal",
        "not_before": "internal",
        "lease": "internal",
        "leased_until": "internal",
        "begun_at": "internal",
        "first_tried_at": "internal",
        "delivered_at": "internal",
        "last_error": "internal",
        **dict.fromkeys(
            ("provider", "provider_number", "parts", "receipt", "receipt_at", "hold", "replaces"), "internal"
        ),
    },
    "NoticeTemplate": dict.fromkeys(
        (
            "id",
            "event",
            "channel",
            "language",
            "agency_id",
            "number",
            "subject",
            "body",
            "is_active",
            "author_id",
            "at",
        ),
        "internal",
    ),
    "NoticePreference": dict.fromkeys(("user_id", "off", "digest", "changed_at"), "internal"),
    "AddressFlag": {
        **dict.fromkeys(("id", "channel", "reason", "code", "at", "cleared_at"), "internal"),
        "address_index": "index",
    },
    "Canary": dict.fromkeys(
        ("id", "channel", "hour", "reference", "sent_at", "arrived_at", "error"), "internal"
    ),
}
