"""Everything through which citizens pay from afar: one folder for each gateway, behind one registry."""
