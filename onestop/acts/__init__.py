"""Acts of officers on one dossier: each has a form, a page, and the service it calls."""
