"""Other people's converters, run so that a document in them reaches nothing.

Each runs shut out of the network, with a home, a profile and a temporary folder that are made for it and go with it,
and with none of your variables: no proxy, no display, no message bus.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from clauselight import isolation
from clauselight.errors import ReadError

#: seconds that a converter may take
_SECONDS = 120
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
#: settings of LibreOffice: links are never followed, pictures of strangers not fetched, macros and what else is alive
#: not run. In Writer and Calc the numbers of "update links" differ
_SETTINGS = (
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)


def output_of(
    command: Sequence[str],
    folder: Path,
    also: Mapping[str, str] = _NOTHING,
    memory: int | None = None,
    instead: str = "install antiword, or save the file as DOCX yourself",
) -> bytes | None:
    """What `command` writes to standard output, run in `folder` shut out of the network; None where it fails.

    `also` is added to its environment, `memory` is the most bytes that it may ask for. Raises `ReadError`
    (``no-isolation``, which ends with what to do `instead`) where the system has no means to shut it out: then it has
    not run.
    """
    try:
        with subprocess.Popen(
            isolation.isolated(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**_environment(folder), **also},
            start_new_session=True,
        ) as process:
            _limit(process.pid, memory)
            try:
                output, errors = process.communicate(timeout=_SECONDS)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _end_group(process.pid)
    except OSError:
        return None
    if isolation.refused(process.returncode, errors):
        raise ReadError(
            "no-isolation",
            f"{Path(command[0]).name} could read it, but could reach the network while it does, and this system offers "
            f"no means to keep it from that: {instead}",
        )
    return output if process.returncode == 0 else None


def libreoffice(file: Path) -> str | None:
    """The text of an office document by LibreOffice; None where it is not installed or cannot read the file.

    The result and LibreOffice's own files are made beside `file`, in a folder that the caller removes.
    """
    tool = shutil.which("soffice") or shutil.which("libreoffice")
    if tool is None:
        return None
    profile = file.parent / "profile"
    _write_settings(profile)
    output_of(
        [
            tool,
            f"-env:UserInstallation={profile.as_uri()}",
            f"-env:UNO_SHARED_PACKAGES_CACHE={(profile / 'shared').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(file.parent),
            str(file),
        ],
        file.parent,
    )
    result = file.with_suffix(".txt")
    return result.read_text(encoding="utf-8-sig", errors="replace") if result.exists() else None


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    own = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    return {**kept, **own, **isolation.OFFLINE}


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>\n"
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )


def _limit(process: int, memory: int | None) -> None:
    """Hold a program to `memory` while its wrapper, which starts it, is still on its way; Linux has this call."""
    if memory is not None and hasattr(resource, "prlimit"):
        with contextlib.suppress(OSError, ValueError):  # ended already, or a limit of the system that is lower
            resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))


def _end_group(leader: int) -> None:
    """End what the converter started and left behind; its launcher is a script that waits for another program."""
    with contextlib.suppress(OSError, AttributeError):  # gone already, or a system without groups
        os.killpg(leader, signal.SIGKILL)
