"""The clients of docs/bi.md, each installed as its users install it, on published files."""
