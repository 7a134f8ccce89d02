"""How a database of an older version becomes one of this: Alembic runs these files when a database is opened."""
