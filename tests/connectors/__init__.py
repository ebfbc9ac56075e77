"""Companies whose systems a loader left in tables, one module a system."""
