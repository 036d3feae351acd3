"""The records the office keeps, and the fields they are made of."""
