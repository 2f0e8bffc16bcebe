"""SQLite: everything the reader keeps. The only place that knows sqlite3."""
