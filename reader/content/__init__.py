"""Article HTML -> a safe, readable page. Pure functions."""
