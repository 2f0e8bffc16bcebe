"""Address -> bytes. The only place that speaks HTTP."""
