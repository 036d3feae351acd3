"""Excel, CSV and vCard: in and out."""
