"""Fonts of this machine for a page with Chinese on it."""

from __future__ import annotations

import shutil
import subprocess

from clauselight.errors import UsageError

_WANTED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimSun",
)
_FOR_OTHERS = ("Noto Sans", "DejaVu Sans", "Libertinus Serif")


def chinese_font() -> list[str]:
    """Fonts by name, the one with Chinese first. Raises `UsageError` that names the package where there is none."""
    found = _installed()
    chosen = next((f for f in _WANTED if f in found), None) or next(iter(sorted(found)), None)
    if chosen is None:
        raise UsageError(
            "no font with Chinese characters was found, and boxes instead of letters are no evidence: install one "
            "(Debian: fonts-noto-cjk; Fedora: google-noto-sans-cjk-fonts; macOS and Windows bring one) "
            "and fontconfig's fc-list"
        )
    return [chosen, *_FOR_OTHERS]


def _installed() -> set[str]:
    if not shutil.which("fc-list"):
        return set()
    command = ["fc-list", ":lang=zh-cn", "family"]
    listed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout
    return {part.strip() for line in listed.splitlines() for part in line.split(",")}
