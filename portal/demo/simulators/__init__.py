"""Third parties as real servers on this machine, speaking their documented protocols; the product imports none."""
