"""Reminders: what nobody does and everybody should hear of in time. Each exactly once, by its event key."""
