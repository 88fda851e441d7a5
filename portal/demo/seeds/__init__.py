"""What a demo starts with: agencies of thành phố Cần Thơ, their people, the shipped catalogue, a few dossiers."""
