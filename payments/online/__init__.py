"""An attempt to pay online: its life, who may begin one, and what its page offers."""
