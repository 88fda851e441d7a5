"""Ways to a procedure without searching: event of life, field, agency, whom it is for, what can be done online."""
