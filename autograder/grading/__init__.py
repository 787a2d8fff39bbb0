"""From one submission to one report: run the checks, judge them, look again, say why.

Everything goes through `report.grade`. Knows no class, no gradebook and no terminal.
"""
