"""Every component with sample data on one page, under the real settings and addresses of its own."""
