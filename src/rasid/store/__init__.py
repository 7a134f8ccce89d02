"""Coded articles in a database."""
