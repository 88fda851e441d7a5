"""What each stored field is; see portal.core.classification."""

_RECEIPT = (
    "id agency agency_code year number fee dossier transaction amount lines method payment session slip"
    " agency_name parent_agency_name issued_at issued_by"
)
_ENTRY = (
    "id transaction kind account amount agency dossier fee at membership payment refund session line note"
)
_ACCOUNT = "id agency gateway merchant details is_active row_version created_at changed_at"
_PAYMENT = (
    "id fee dossier account gateway reference amount status outcome payer_user_id language created_at"
    " expires_at returned_at asked_at asked_count next_ask_at gateway_number bank_code answer_code paid_at"
    " finished_at transaction"
)
_REFUND = (
    "id dossier fee payment receipt line collection agency amount cause reason way status reference"
    " proposal_id created_at proposed_by decided_by decided_at attempts next_try_at answer_code gateway_number paid_at"
)
_SESSION = (
    "id agency membership opened_at opening closed_at expected counted notes card_expected card_counted closed_by"
    " handed_in handed_in_number remark"
)
_POST = (
    "id agency dossier fee parcel amount kept status noted_at noted_by collected_at handed_over_at transfer_number"
    " transaction"
)
_STATEMENT = (
    "id account file_name sha256 uploaded_at uploaded_by imported_at imported_by known_lines debits refused"
)
_LINE = (
    "id account statement position booked_on amount kept number fingerprint status fee reason decided_by decided_at"
    " transaction"
)
_DIFFERENCE = (
    "id kind agency source reference payment session ours theirs day found_at ended_at ended_by remark"
)


def _internal(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), "internal")


FIELDS: dict[str, dict[str, str]] = {
    "Receipt": {**_internal(_RECEIPT), "payer_name": "personal", "issued_by_name": "personal"},
    "LedgerEntry": _internal(_ENTRY),
    "GatewayAccount": {**_internal(_ACCOUNT), "secrets": "sealed"},
    "Payment": {**_internal(_PAYMENT), "payer_name": "personal", "client_ip": "personal"},
    "GatewayEvent": {**_internal("id gateway kind at payment reference verdict"), "content": "sealed"},
    "Refund": _internal(_REFUND),
    "CashSession": {**_internal(_SESSION), "cashier_name": "personal"},
    "PostCollection": _internal(_POST),
    "StatementMapping": _internal("id account columns rules row_version changed_at changed_by"),
    "BankStatement": {**_internal(_STATEMENT), "content": "sealed"},
    "StatementLine": {**_internal(_LINE), "memo": "sealed"},
    "SettlementFile": _internal("id account day file_name sha256 imported_at imported_by lines total"),
    "Difference": _internal(_DIFFERENCE),
}
