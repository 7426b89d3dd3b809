"""So that `python -m ketenraming.cli` is the command line."""

from ketenraming.cli import main

main()
