"""Taking in a paper dossier: one page with person, declaration, papers, due day and fee."""
