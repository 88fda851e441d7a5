"""VietQR: bank transfers with a QR code whose memo is the code of the dossier."""
