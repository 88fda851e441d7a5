"""A draft of a procedure tried out before it is published: over dossiers of the past, and on one made up."""
