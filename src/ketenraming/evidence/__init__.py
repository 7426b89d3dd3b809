"""What is known, since when, and who says so. Nothing in here models anything."""
