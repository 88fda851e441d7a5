"""E-forms as data: questions on pages, their conditions, the checks over them, and the parties they name."""
