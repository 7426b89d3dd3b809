"""Quantities, findings and errors: what every room speaks, and no room's own business."""
