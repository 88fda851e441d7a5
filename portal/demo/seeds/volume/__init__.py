"""A realistic volume of dossiers, written past the services by COPY but as the services would write it."""
