"""Says results: the only rounding, the sentences, the tables, the charts and the documents. Never models anything."""
