"""The tabs of the main window, one file each; they never import each other."""
