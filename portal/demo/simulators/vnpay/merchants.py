"""The merchants that the simulator knows. Their secrets are public on purpose: this is no gateway."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merchant:
    """`code` is vnp_TmnCode, `secret` vnp_HashSecret."""

    code: str
    name: str
    secret: str


PROVINCE = Merchant("MOTCUA01", "Cổng dịch vụ công thành phố Cần Thơ", "M0PHONGVNPAYKHONGPHAITIENTHAT001")
COMMUNE = Merchant("MOTCUA02", "UBND phường Cái Răng", "M0PHONGVNPAYKHONGPHAITIENTHAT002")
MERCHANTS = (PROVINCE, COMMUNE)
