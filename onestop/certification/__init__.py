"""Quick certification: papers, pages and copies in, book numbers and a receipt out (domain 3.8)."""
