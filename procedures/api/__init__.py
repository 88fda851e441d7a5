"""The catalogue for other systems: the same selectors as the pages."""
