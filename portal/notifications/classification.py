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
    },
}
