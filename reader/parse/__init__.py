"""Bytes -> entries. Pure functions; the only place that knows feed parsers."""
