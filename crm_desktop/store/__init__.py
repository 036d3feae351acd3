"""The customer file: opening it, the one way to write it, reading its log, searching it."""
