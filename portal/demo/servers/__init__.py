"""A private PostgreSQL and broker for demos and tests, and the processes of one machine under supervisor.

Runs before Django is configured, so nothing here imports settings or models.
"""
