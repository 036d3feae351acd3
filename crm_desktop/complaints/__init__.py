"""Complaints that end well: their course, what is due, signs of displeasure, recovery, families, letters, evidence."""
