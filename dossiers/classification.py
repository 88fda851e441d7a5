"""How sensitive each stored field is (architecture.md, data at rest).

public: may be shown to anybody; internal: staff and owner; personal: clear by decision (names, file names);
sealed: encrypted; index: a hash or blind index.
"""

_ROW = {"id": "internal", "dossier": "internal"}

FIELDS: dict[str, dict[str, str]] = {
    "Dossier": {
        **dict.fromkeys(
            ["id", "status", "resume_to", "version", "case_key", "channel", "agency", "filed_by",
             "created_at", "submitted_at", "check_by", "received_at", "due_at", "due_frozen_at", "due_basis",
             "answer_by", "warned_at", "resolved_at", "ended_at", "rescheduled_from", "promised_at",
             "withdrawal_requested_at", "secret_version", "last_seq", "sort_at", "procedure_version"],
            "internal",
        ),
        "code": "public",
        "procedure": "public",
        "owner_name": "personal",
        "search": "personal",
        "last_hash": "index",
        "verified_owners": "index",
    },
    "DossierAgency": {**_ROW, "agency": "public", "relation": "internal", "since": "internal", "until": "internal"},
    "DeskEntry": {
        **_ROW, "agency": "public", "stage": "internal", "sort_at": "internal", "is_promised": "internal",
    },
    "Party": {
        "id": "internal", "kind": "internal", "name": "personal", "details": "sealed",
        "identity_index": "index", "phone_index": "index", "tax_index": "index",
    },
    "DossierParty": {**_ROW, "party": "internal", "role": "internal", "position": "internal", "revision": "internal"},
    "Filing": {
        **_ROW, "revision": "internal", "answers": "sealed", "manifest": "personal", "sha256": "index",
        "filed_at": "internal", "filed_by": "internal",
    },
    "Draft": {
        **_ROW, "based_on": "internal", "answers": "sealed", "pages_done": "internal",
        "row_version": "internal", "updated_at": "internal",
    },
    "StoredFile": {
        "id": "internal", "name": "personal", "size": "internal", "sha256": "index", "mime": "internal",
        "state": "internal", "uploaded_by": "internal", "uploaded_at": "internal", "claimed_at": "internal",
        "deleted_at": "internal",
    },
    "Attachment": {
        **_ROW, "requirement": "internal", "file": "internal", "added_at": "internal", "removed_at": "internal",
    },
    "PaperItem": {
        **_ROW, "requirement": "internal", "originals": "internal", "copies": "internal", "state": "internal",
        "is_borrowed": "internal", "taken_at": "internal", "given_back_at": "internal", "place": "internal",
    },
    "Step": {
        **_ROW, "key": "internal", "kind": "internal", "agency": "public", "started_at": "internal",
        "due_at": "internal", "ended_at": "internal",
    },
    "Assignment": {
        "id": "internal", "step": "internal", "membership": "internal", "since": "internal", "until": "internal",
    },
    "SupplementRequest": {
        **_ROW, "round": "internal", "items": "internal", "legal_basis": "internal", "asked_at": "internal",
        "asked_by_name": "personal", "answered_at": "internal", "closed_at": "internal",
    },
    "PreparedForm": {
        **_ROW, "code_index": "index", "procedure_version": "internal", "case_key": "internal",
        "agency_code": "internal", "answers": "sealed", "created_at": "internal", "expires_at": "internal",
        "used_at": "internal",
    },
    "Pause": {**_ROW, "reason": "internal", "started_at": "internal", "ended_at": "internal"},
    "ConfirmationRequest": {
        **_ROW, "file": "internal", "asked_at": "internal", "until": "internal", "answer": "internal",
        "answered_at": "internal",
    },
    "Consent": {**_ROW, "party": "internal", "filing": "internal", "at": "internal", "how": "internal"},
    "Decision": {
        **_ROW, "outcome": "internal", "reason": "internal", "decided_at": "internal", "decided_by": "internal",
        "signed_name": "personal", "signed_number": "internal", "signed_on": "internal",
        "recalled_at": "internal",
    },
    "ResultItem": {
        "id": "internal", "decision": "internal", "kind": "internal", "number": "internal", "copies": "internal",
        "medium": "internal", "file": "internal", "handed_over_at": "internal", "replaces": "internal",
    },
    "IssuedDocument": {
        **_ROW, "kind": "public", "number": "public", "sha256": "index", "issued_at": "public",
        "revoked_at": "public", "replaced_by": "public", "signature": "public",
    },
    "Fee": {
        **_ROW, "mode": "internal", "amount": "internal", "lines": "internal", "status": "internal",
        "assessed_at": "internal", "requested_at": "internal", "settled_at": "internal", "refund_due": "internal",
        "treasury_number": "internal",
    },
    "DossierEvent": {
        **_ROW, "seq": "internal", "kind": "internal", "at": "internal", "actor_kind": "internal",
        "actor_user_id": "internal", "actor_membership_id": "internal", "actor_agency_id": "internal",
        "actor_name": "personal", "door": "internal", "filing_sha256": "index", "payload": "sealed",
        "salt": "internal", "payload_sha256": "index", "previous": "index", "hash": "index",
    },
}  # fmt: skip
