"""Combines people and euros; the only place where published volumes, prices and lines meet."""
