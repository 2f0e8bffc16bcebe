"""The window. The only place that knows Qt."""

from reader.ui.immortals import make_immortal

make_immortal()
