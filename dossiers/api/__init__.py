"""Dossiers over the API: the same services, selectors and rights as the pages."""
