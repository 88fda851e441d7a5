"""Money on its way back: rules, rights, cards and words."""
