"""Changing an e-form by small steps: pure operations on a procedure's document, each leaving a form that works."""
