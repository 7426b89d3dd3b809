import subprocess
import sys
from pathlib import Path

from ketenraming.chain.cache import folder_to_name


def test_no_folder_is_named_when_a_usual_one_can_be_written(tmp_path):
    assert folder_to_name((Path("/dev/null/nowhere"), tmp_path / "new"), tmp_path / "spare") == ""


def test_the_spare_folder_is_named_when_no_usual_one_can_be_written(tmp_path):
    spare = tmp_path / "spare"

    assert folder_to_name((Path("/dev/null/a"), Path("/dev/null/b")), spare) == str(spare)


def test_the_kernel_runs_without_any_usual_folder(tmp_path):
    code = (
        "import ketenraming.chain.cache as cache, numba\n"
        f"numba.config.CACHE_DIR = cache.folder_to_name((cache.Path('/dev/null/a'),), cache.Path({str(tmp_path)!r}))\n"
        "from ketenraming.chain.run import simulate\n"
        "from ketenraming.chain.stage import Chain, Inflow\n"
        "print(simulate(Chain('c', (Inflow('a', 2.0),)), 3, {})['a_inflow'].sum())"
    )

    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)

    assert outcome.stdout.strip() == "6.0", outcome.stderr
    assert list(tmp_path.rglob("*.nbi"))
