"""What tabs and dialogs are built from."""
