"""Dossiers of a database: gathered, and written as a table, JSON, HTML and plots."""
