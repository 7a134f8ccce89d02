"""Files, pages and archives into articles."""
