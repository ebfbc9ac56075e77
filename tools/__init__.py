"""Programs for the documentation: they draw its pictures and tables, and measure its prose."""
