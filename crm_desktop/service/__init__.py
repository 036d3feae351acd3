"""Service requests: their course, their standards, and what is learned from them (product.md O10–O13)."""
