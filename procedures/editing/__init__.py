"""The rooms of those who keep the catalogue: list, overview, sections of a document, undo."""
