"""Codes of the demo's agencies that others name: Cần Thơ is H13 (Decision 20/2020/QĐ-TTg); what follows is ours."""

PROVINCE = "H13"
CENTRE = "H13.01"
JUSTICE, HOME_AFFAIRS, CONSTRUCTION, ENVIRONMENT = "H13.05", "H13.06", "H13.07", "H13.08"
LAND_OFFICE = "H13.08.01"
FINANCE, HEALTH, EDUCATION = "H13.09", "H13.10", "H13.11"
POLICE = "H13.20"
POST_POINT = "H13.98.01"

COMMUNE, OTHER_COMMUNE, SMALL_COMMUNE = "H13.101", "H13.102", "H13.107"
"""Phường Ninh Kiều, where the demo's officers work; phường Cái Răng; xã Phong Điền, where one person does it all."""
COMMUNE_POLICE, SCHOOL = "H13.101.05", "H13.101.11"

COMMUNE_UNIT = "31135"
"""Phường Ninh Kiều in the official list of units, as the address fields know it."""
