"""One small module per file format: bytes in, blocks out."""
