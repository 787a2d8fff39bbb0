"""A report, made readable: for the terminal, and as a documented format for machines."""
