"""Banks of Việt Nam by BIN, as NAPAS routes transfers between them.

Source: the list of members that NAPAS publishes with VietQR; names as people say them.
"""

from collections.abc import Mapping

BANKS: Mapping[str, str] = {
    "970400": "Saigonbank",
    "970403": "Sacombank",
    "970405": "Agribank",
    "970406": "DongA Bank (Vikki)",
    "970407": "Techcombank",
    "970408": "GPBank",
    "970409": "BacABank",
    "970410": "Standard Chartered Việt Nam",
    "970412": "PVcomBank",
    "970414": "OceanBank (MBV)",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970419": "NCB",
    "970421": "VRB",
    "970422": "MB",
    "970423": "TPBank",
    "970424": "Shinhan Bank Việt Nam",
    "970425": "ABBANK",
    "970426": "MSB",
    "970427": "VietABank",
    "970428": "Nam A Bank",
    "970429": "SCB",
    "970430": "PGBank",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970433": "Vietbank",
    "970434": "Indovina Bank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970438": "BaoViet Bank",
    "970439": "Public Bank Việt Nam",
    "970440": "SeABank",
    "970441": "VIB",
    "970442": "Hong Leong Việt Nam",
    "970443": "SHB",
    "970444": "CB (VCBNeo)",
    "970446": "Co-opBank",
    "970448": "OCB",
    "970449": "LPBank",
    "970452": "KienlongBank",
    "970454": "BVBank (Bản Việt)",
    "970455": "IBK Hà Nội",
    "970457": "Woori Bank Việt Nam",
    "970458": "UOB Việt Nam",
}


def name_bank(bank: str) -> str:
    """The name people know; the BIN itself for one that is not in the list."""
    return BANKS.get(bank, bank)
