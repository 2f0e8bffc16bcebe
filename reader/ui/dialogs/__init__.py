"""Everything that asks a question in a window of its own. Imported when first opened, never at start.

Dialogs are opened with `open()`, never `exec()`: they hold nothing up. What they decide goes to
the library as a command; what goes wrong is said in the dialog, in a sentence.
"""
