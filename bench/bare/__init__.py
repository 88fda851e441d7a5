"""The bare view: the least that a Django page with a list can be, beside the product on the same database."""
