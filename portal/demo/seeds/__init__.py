"""What a demo starts with: a fictional province, its people, the shipped catalogue and a few dossiers."""
