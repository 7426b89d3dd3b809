"""The chain on the past: driven by what was observed, fitted, and tested on what came after."""
