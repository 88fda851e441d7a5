"""National codes of the demo's agencies that others name; no province has the number 99."""

PROVINCE = "H99"
COMMUNE, OTHER_COMMUNE = "H99.36.01", "H99.36.02"
