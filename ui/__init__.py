"""Every window of the program."""
