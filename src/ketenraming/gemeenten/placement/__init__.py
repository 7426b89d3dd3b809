"""Groups of new arrivals placed over sites of municipalities, by integer optimisation; groups, never persons."""
