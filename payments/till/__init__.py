"""Money at the desk: drawers, counting, the close sheet, post collection."""
