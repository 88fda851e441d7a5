"""The pages of the administration site, all of them over the services."""
