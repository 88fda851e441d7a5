"""Pages of the people who run the portal: what leaves, what is stuck, and what notices say.

The outbox sits below accounts and knows no roles, so its administration lives here, over its services.
"""
