"""Write the shape of a scenario file again, for editors: library/schema/scenario.json, from the model."""

from ketenraming.evidence.library import library_root
from ketenraming.scenarios.scenario import schema

SCHEMA = library_root() / "schema" / "scenario.json"


def main() -> None:
    """Write it."""
    SCHEMA.write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
