"""What comes out on paper: PDF reports."""
