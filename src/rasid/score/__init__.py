"""Comparison of records with gold."""
