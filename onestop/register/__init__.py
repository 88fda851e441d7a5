"""The register of an agency on the desk: what is asked for, on paper, as a spreadsheet."""
