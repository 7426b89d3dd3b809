"""What moves the euros: one number at a time, all at once, and by how much each."""
