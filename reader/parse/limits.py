"""How much of a document is read. Anyone may send anything; nothing here is a promise."""

DOCUMENT_BYTES = 15_000_000
BRACKETS = 300_000  # "<" in a document that only the careful reader takes: about ten seconds at worst
ENTRIES = 2_000  # the newest are kept
TITLE_CHARS = 1_000
AUTHOR_CHARS = 200
ADDRESS_CHARS = 4_000
ID_CHARS = 2_000
HTML_CHARS = 2_000_000  # of one entry
SUMMARY_CHARS = 100_000
CATEGORIES = 40
CATEGORY_CHARS = 100
ENCLOSURES = 40
