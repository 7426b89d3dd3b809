"""The pages on scenarios: what their examples print is what they say."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_examples_print_what_the_page_shows(language, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / language / "scenario.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL)
    names: dict[str, object] = {}

    for code, shown in examples:
        exec(compile(code, "scenario.md", "exec"), names)
        assert capsys.readouterr().out == shown

    assert len(examples) == 2
