"""Files as other programs make them, each with what a careful clerk reads in it."""
