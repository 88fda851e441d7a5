"""Codes of procedures in the national database: 1.001193, or 1.012796.H36 for one province's own."""

import re

_CODE = re.compile(r"\d{1,2}\.\d{6,9}(\.[A-Z]\d{2})?", re.ASCII)


def is_procedure_code(value: str) -> bool:
    return _CODE.fullmatch(value) is not None
