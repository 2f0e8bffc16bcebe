"""What the application does: the only folder that joins fetch, parse, content and store."""
