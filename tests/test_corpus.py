"""Real labelled documents, where the corpus is at hand: it lies beside the checkout and is not part of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "shared"
pytestmark = pytest.mark.skipif(
    not (ROOT / "corpus" / "gold.jsonl").exists(), reason="the labelled corpus is not at hand"
)


def test_figures_on_the_labelled_corpus(tmp_path: Path) -> None:
    out = tmp_path / "findings.jsonl"
    corpus = ROOT / "corpus"
    command = [
        sys.executable,
        "-m",
        "clauselight",
        "check",
        str(corpus / "files"),
        "--ocr",
        "never",
        "--level",
        "mention",
        "--format",
        "jsonl",
        "-o",
        str(out),
    ]
    subprocess.run(command, check=False, capture_output=True, timeout=300)
    score = [
        sys.executable,
        str(ROOT / "tools" / "score.py"),
        "--gold",
        str(corpus / "gold.jsonl"),
        "--root",
        str(corpus),
        str(out),
        "--json",
    ]
    figures = json.loads(subprocess.run(score, check=True, capture_output=True, timeout=120).stdout)
    assert figures["line_recall"] >= 0.95
    assert figures["finding_precision"] >= 0.95
    assert figures["document_false_alarm"] <= 0.03
    assert figures["attribute_accuracy"] >= 0.97
