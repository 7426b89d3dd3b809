"""
Pin every version: resolve anew, write the pins into pyproject.toml, and export a requirements file with hashes.

`uv.lock` is made on the way and stays out of git, because it names where packages were fetched from.

    uv run python scripts/pin.py             # take the newest versions
    uv run python scripts/pin.py --check     # fail when pyproject.toml and requirements.txt disagree
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT, REQUIREMENTS = ROOT / "pyproject.toml", ROOT / "requirements.txt"
BLOCK = re.compile(r"^constraint-dependencies = \[[^\]]*\]$", re.MULTILINE)
PIN = re.compile(r"^([A-Za-z0-9_.-]+==[^\\\n]+?)\s*\\?$", re.MULTILINE)


def pins() -> list[str]:
    """The pins of the requirements file with their markers (one package may differ by Python), without hashes."""
    return sorted(set(PIN.findall(REQUIREMENTS.read_text(encoding="utf-8"))))


def block() -> str:
    """The pins as pyproject.toml writes them."""
    return "constraint-dependencies = [\n" + "".join(f'  "{pin}",\n' for pin in pins()) + "]"


def export() -> None:
    """Resolve and write the requirements file."""
    command = ["uv", "export", "-q", "--all-groups", "--all-extras", "--no-emit-project", "--no-header"]
    subprocess.run([*command, "-o", str(REQUIREMENTS)], cwd=ROOT, check=True)


def main() -> None:
    """Write the pins, or compare them."""
    text = PROJECT.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        written = BLOCK.search(text)
        if written is None or written[0] != block():
            sys.exit("pyproject.toml and requirements.txt pin different versions: run scripts/pin.py.")
        return
    PROJECT.write_text(BLOCK.sub("constraint-dependencies = []", text), encoding="utf-8")
    (ROOT / "uv.lock").unlink(missing_ok=True)
    export()
    PROJECT.write_text(BLOCK.sub(lambda _: block(), PROJECT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
