#!/usr/bin/env python3
"""Checks an evidence package with nothing but Python's standard library (3.8 or newer).

usage: python3 verify.py [PACKAGE] [--json] [--key FILE]

It checks that no file was changed, added, dropped or moved (BagIt, RFC 8493, and the seal over it), the Ed25519
signature (RFC 8032), the linked journal, and that every quote stands where its selectors say in the text. What it
cannot check without a PDF or recognition library, or an authority's certificates, it names. It reads; it changes
nothing and sends nothing.

Exit status: 0 all that can be checked here holds; 1 something failed; 2 no package.
"""

import sys

if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    del sys.path[0]  # the folder of this file: a json.py put beside it is never run

import hashlib
import json
import os
import re
import unicodedata

SEAL_KEYS = ["created", "format", "public_key", "signature", "tagmanifest_sha256", "timestamp_sha256"]
LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
FIRST = "0" * 64
# folders inside folders of a package that are looked into; it has three
DEEPEST = 20
#: files beside the payload that a package may hold
TAGS = {
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "verify.py",
    "seal.json",
    "timestamp.tsr",
}


class Report:
    """What was checked: each item with verified, failed or not checked, and why."""

    def __init__(self):
        self.items = []

    def add(self, check, subject, status, why=""):
        self.items.append({"check": check, "subject": subject, "status": status, "why": why})

    def count(self, status):
        return sum(1 for i in self.items if i["status"] == status)


def opened(path, mode="rb", encoding=None):
    """A regular file, opened. Anything else is refused before it is touched: a pipe would make the reader wait."""
    if not os.path.isfile(path):
        raise ValueError("%s is not a regular file" % os.path.basename(path))
    return open(path, mode, encoding=encoding)


def sha256_of(path):
    digest = hashlib.sha256()
    with opened(path) as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def canonical(value):
    """JSON in the one form that is hashed and signed: sorted keys, no spaces, a line feed at the end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def no_doubles(pairs):
    """Refuses an object with one key twice."""
    keys = [k for k, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a key stands twice")
    return dict(pairs)


def loads(text):
    try:
        return json.loads(text, object_pairs_hook=no_doubles)
    except RecursionError:
        raise ValueError("JSON is nested too deeply") from None


# --- Ed25519 (RFC 8032, section 5.1), verification only ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def _recover(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * I % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != sign else x


def _point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = _recover(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(n, p):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = _add(out, p)
        p = _add(p, p)
        n >>= 1
    return out


def _equal(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def ed25519(public, message, signature):
    """Whether `signature` (64 bytes) of `message` was made with the key of `public` (32 bytes)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    by = 4 * pow(5, P - 2, P) % P
    base = (_recover(by, 0), by, 1, _recover(by, 0) * by % P)
    a, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return _equal(_times(s, base), _add(r, _times(k, a)))


# --- the bag ---


def files_of(folder):
    """Every file below a folder by its path with forward slashes; links and other things are named as they are.

    A folder that is deeper, is empty, or cannot be listed, is named itself. Folders that wait are a list and not
    calls, so that no depth ends the check.
    """
    out = {}
    waiting = [("", folder)]
    while waiting:
        prefix, base = waiting.pop()
        try:
            names = sorted(os.listdir(base), reverse=True)
        except OSError:
            out[prefix.rstrip("/")] = base  # named, as it is in no manifest
            continue
        if prefix and not names:
            out[prefix.rstrip("/")] = base  # a package has none
        for name in names:
            path, full = prefix + name, os.path.join(base, name)
            if os.path.isdir(full) and not os.path.islink(full) and path.count("/") < DEEPEST:
                waiting.append((path + "/", full))
            else:
                out[path] = full
    return out


def read_manifest(folder, name, report):
    """The lines of a manifest; each must have the one form that we write, in order."""
    with opened(os.path.join(folder, name)) as stream:
        raw = stream.read()
    listed = {}
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        report.add("bag", name, "failed", "not UTF-8: %s" % error)
        return listed
    for line in text.split("\n")[:-1]:
        match = LINE.fullmatch(line)
        if match:
            listed[match.group(2).replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")] = match.group(1)
        else:
            report.add("bag", name, "failed", "not a line of a manifest: %r" % line[:120])
    again = "".join("%s  %s\n" % (listed[p], escaped(p)) for p in sorted(listed))
    if again != text:
        report.add("bag", name, "failed", "lines are out of order, doubled, or not in the form that was written")
    return listed


def escaped(path):
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def check_bag(folder, report):
    """That every file is there, unchanged, and that none was added."""
    there = files_of(folder)
    payload = read_manifest(folder, "manifest-sha256.txt", report)
    tags = read_manifest(folder, "tagmanifest-sha256.txt", report)
    wanted_tags = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "verify.py"}
    if set(tags) != wanted_tags:
        report.add("bag", "tagmanifest-sha256.txt", "failed", "lists %s" % ", ".join(sorted(set(tags) ^ wanted_tags)))
    for path, digest in sorted(list(payload.items()) + list(tags.items())):
        if path not in there:
            report.add("file", path, "failed", "is listed and not there")
        elif os.path.islink(there[path]) or not os.path.isfile(there[path]):
            report.add("file", path, "failed", "is not a regular file")
        elif sha256_of(there[path]) != digest:
            report.add("file", path, "failed", "was changed: its SHA-256 is not the one listed")
        else:
            report.add("file", path, "verified")
    for path in sorted(there):
        if path.startswith("data/"):
            if path not in payload:
                report.add("file", path, "failed", "is not listed: it was added")
        elif path not in TAGS:
            report.add("file", path, "failed", "does not belong in the package: it was added")
    for path in payload:
        if not path.startswith("data/"):
            report.add("file", path, "failed", "the manifest lists a file outside data/")
    with opened(os.path.join(folder, "bag-info.txt"), "r", "utf-8") as stream:
        info = stream.read()
    size = sum(os.path.getsize(there[p]) for p in payload if p in there)
    ok = "Payload-Oxum: %d.%d\n" % (size, len(payload)) in info
    report.add(
        "bag",
        "Payload-Oxum",
        "verified" if ok else "failed",
        "" if ok else "the sizes of the files do not add up to it",
    )


def check_seal(folder, report, key=None):
    """The seal over the manifests: its form, the time-stamp token's digest, the signature."""
    path = os.path.join(folder, "seal.json")
    with opened(path) as stream:
        raw = stream.read()
    try:
        seal = loads(raw.decode("utf-8"))
        if (
            not isinstance(seal, dict)
            or sorted(seal) != sorted(SEAL_KEYS + ["digest"])
            or canonical(seal).encode() != raw
        ):
            raise ValueError("not in the form that was written")
    except ValueError as error:
        report.add("seal", "seal.json", "failed", "was changed: %s" % error)
        return
    body = {k: seal[k] for k in SEAL_KEYS}
    if hashlib.sha256(canonical(body).encode()).hexdigest() != seal["digest"]:
        report.add("seal", "seal.json", "failed", "was changed: its digest is not its own")
        return
    if sha256_of(os.path.join(folder, "tagmanifest-sha256.txt")) != seal["tagmanifest_sha256"]:
        report.add("seal", "tagmanifest-sha256.txt", "failed", "is not the one that was sealed")
        return
    report.add("seal", "seal.json", "verified")
    check_token(folder, seal, report)
    if not seal["signature"]:
        report.add(
            "signature",
            "seal.json",
            "not checked",
            "the package is not signed; whoever changed it all could have sealed it anew",
        )
        return
    unsigned = dict(body, signature=None)
    try:
        good = ed25519(
            bytes.fromhex(seal["public_key"]), canonical(unsigned).encode(), bytes.fromhex(seal["signature"])
        )
    except ValueError:
        good = False
    named = "by the key %s" % seal["public_key"]
    if good and key and key.lower() != seal["public_key"]:
        report.add("signature", "seal.json", "failed", "is good, but %s and not by the key given" % named)
    else:
        report.add(
            "signature",
            "seal.json",
            "verified" if good else "failed",
            named + ("" if key else "; whose key that is, ask its owner"),
        )


def check_token(folder, seal, report):
    """The time-stamp token is the one sealed, and is for these manifests; its signature is not checked here."""
    path = os.path.join(folder, "timestamp.tsr")
    if seal["timestamp_sha256"] is None:
        if os.path.exists(path):
            report.add("time", "timestamp.tsr", "failed", "is not named in the seal: it was added")
        return
    if not os.path.exists(path) or sha256_of(path) != seal["timestamp_sha256"]:
        report.add("time", "timestamp.tsr", "failed", "is not the token that was sealed")
        return
    with opened(path) as stream:
        token = stream.read()
    imprint = bytes.fromhex(seal["tagmanifest_sha256"])
    if imprint not in token:
        report.add("time", "timestamp.tsr", "failed", "does not speak of these manifests")
    else:
        report.add(
            "time",
            "timestamp.tsr",
            "not checked",
            "it speaks of these manifests; the authority's own signature needs its certificates: "
            "clauselight verify --tsa-ca FILE",
        )


# --- what the package says ---


def inside(folder, name):
    """The place of a payload file. A name that leads out of the package is refused: what is there is under no seal."""
    if (
        not isinstance(name, str)
        or os.path.isabs(name)
        or ".." in name.replace("\\", "/").split("/")
        or ":" in name[:2]
    ):
        raise ValueError("%r leads out of the package" % (name,))
    path = os.path.join(folder, "data", name)
    if os.path.islink(path):
        raise ValueError("%r is a link" % (name,))
    return path


def read_json(folder, name):
    with opened(inside(folder, name), "r", "utf-8") as stream:
        return loads(stream.read())


def read_lines(folder, name):
    with opened(inside(folder, name), "r", "utf-8") as stream:
        return [loads(line) for line in stream.read().split("\n") if line]


def check_journal(folder, package, report):
    """Each entry is linked to the one before and was not changed."""
    previous, number = FIRST, 0
    wrong = 0
    for entry in read_lines(folder, "journal.jsonl"):
        number += 1
        body = {k: entry[k] for k in ("seq", "at", "by", "action", "detail")}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256((entry["previous"] + "\n" + text).encode("utf-8")).hexdigest()
        if entry["seq"] != number or entry["previous"] != previous or digest != entry["hash"]:
            report.add(
                "journal", "entry %s" % entry["seq"], "failed", "was changed, moved, or an entry before it is missing"
            )
            wrong += 1
        previous = entry["hash"]
    if previous != package["journal_head"] or number != package["journal_entries"]:
        report.add("journal", "journal.jsonl", "failed", "does not end where the package says")
    elif not wrong:
        report.add("journal", "journal.jsonl", "verified", "%d entries" % number)


def check_texts(folder, package, report):
    """Each canonical text is the one named; a masked one has its own digest beside that of the text as it stood."""
    texts = {}
    for row in package["texts"]:
        path = inside(folder, row["file"])
        with opened(path) as stream:
            raw = stream.read()
        digest = hashlib.sha256(raw).hexdigest()
        ok = digest == row["file_sha256"] and (row["masked"] or digest == row["sha256"])
        texts[row["sha256"]] = (raw.decode("utf-8"), row["masked"])
        report.add(
            "text",
            row["file"],
            "verified" if ok else "failed",
            "" if ok else "is not the text that the findings count in",
        )
    return texts


def check_quotes(folder, package, texts, report):
    """Every quote stands where its selectors say, by position and by what is around it."""
    findings = {}
    for row in read_lines(folder, "findings.jsonl"):
        findings[row["id"]] = row
    annotated = set()
    for note in read_json(folder, "annotations.jsonld")["items"]:
        name = note["id"].split(":")[-1]
        annotated.add(name)
        target = note["target"][0]
        quote, position = target["selector"]
        digest = target["source"].split(":")[-1]
        row = findings.get(name)
        if (
            row is None
            or row["quote"] != quote["exact"]
            or (row["start"], row["end"]) != (position["start"], position["end"])
            or row["text_sha256"] != digest
        ):
            report.add("quote", name, "failed", "findings.jsonl and annotations.jsonld do not say the same")
            continue
        if digest not in texts:
            report.add("quote", name, "failed", "its text is not in the package")
            continue
        why = quote_stands(texts[digest], quote, position, target)
        report.add("quote", name, "failed" if why else "verified", why)
    for name in sorted(set(findings) - annotated):
        report.add("quote", name, "failed", "has no annotation")
    for row in read_lines(folder, "statements.jsonl"):
        for place in row["evidence"]:
            digest = place["text_sha256"]
            subject = "%s %s %s" % (row["subject"]["label"], row["predicate"], row["object"]["label"])
            if digest not in texts:
                report.add("statement", subject, "failed", "its text is not in the package")
                continue
            text, masked = texts[digest]
            stands = text[place["start"] : place["end"]]
            same = stands == place["quote"] or (masked and covered(stands, place["quote"]))
            report.add(
                "statement",
                subject,
                "verified" if same else "failed",
                "" if same else "its quote does not stand at %d..%d" % (place["start"], place["end"]),
            )


def quote_stands(known, quote, position, target):
    """Why a quote does not stand where it should, or nothing."""
    text, masked = known
    start, end = position["start"], position["end"]
    stands = text[start:end]
    before, after = text[max(0, start - len(quote["prefix"])) : start], text[end : end + len(quote["suffix"])]
    if not (stands == quote["exact"] or (masked and covered(stands, quote["exact"]))):
        return "does not stand at %d..%d of its text" % (start, end)
    if not (before == quote["prefix"] or (masked and covered(before, quote["prefix"]))) or not (
        after == quote["suffix"] or (masked and covered(after, quote["suffix"]))
    ):
        return "what is said to stand around it does not"
    if not masked and not target["clauselight:masked"]:
        if hashlib.sha256(stands.encode("utf-8", "surrogatepass")).hexdigest() != target["clauselight:quoteSha256"]:
            return "its digest is not that of the text there"
    return ""


def covered(a, b):
    """Whether two texts are one but for covered characters: where either shows the block, nothing is compared."""
    block = "\u2587"
    return len(a) == len(b) and all(x == y or x == block or y == block for x, y in zip(a, b))


def check_originals(folder, package, report):
    """Each original that travels is what its name says; one that does not travel is named."""
    for row in package["sources"]:
        if row["file"] is None:
            report.add(
                "original",
                row["sha256"],
                "not checked",
                "does not travel in the package; have it from where it was obtained and compare its SHA-256",
            )
            continue
        ok = sha256_of(inside(folder, row["file"])) == row["sha256"]
        report.add(
            "original",
            row["file"],
            "verified" if ok else "failed",
            "" if ok else "its bytes are not those that were read",
        )


def verify(folder, key=None):
    """Check a package; the report says everything."""
    report = Report()
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "seal.json"):
        if not os.path.isfile(os.path.join(folder, name)):
            report.add("bag", name, "failed", "is not there")
    if report.items:
        return report
    for check in (
        lambda: check_bag(folder, report),
        lambda: check_seal(folder, report, key),
        lambda: check_contents(folder, report),
    ):
        try:
            check()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            report.add(
                "package", folder, "failed", "cannot be read as a package: %s: %s" % (type(error).__name__, error)
            )
    return report


def check_contents(folder, report):
    """Journal, texts, quotes, originals."""
    package = read_json(folder, "package.json")
    check_journal(folder, package, report)
    texts = check_texts(folder, package, report)
    check_quotes(folder, package, texts, report)
    check_originals(folder, package, report)


def shown(text):
    """A text for a terminal: control characters out."""
    return "".join(c if unicodedata.category(c)[0] != "C" else "?" for c in text)


def main(arguments):
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    key = None
    if "--key" in arguments:
        at = arguments.index("--key")
        with open(arguments[at + 1], encoding="ascii") as stream:
            key = stream.read().strip()
        arguments = arguments[:at] + arguments[at + 2 :]
    as_json = "--json" in arguments
    places = [a for a in arguments if not a.startswith("--")]
    if "--help" in arguments:
        print(__doc__)
        return 0
    folder = places[0] if places else os.path.dirname(os.path.abspath(__file__))
    if not os.path.isfile(os.path.join(folder, "bagit.txt")) and not os.path.isfile(
        os.path.join(folder, "manifest-sha256.txt")
    ):
        print("%s: not an evidence package" % folder, file=sys.stderr)
        return 2
    report = verify(folder, key)
    if as_json:
        print(
            json.dumps(
                {
                    "verified": report.count("verified"),
                    "failed": report.count("failed"),
                    "not_checked": report.count("not checked"),
                    "items": report.items,
                },
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for item in report.items:
            if item["status"] != "verified":
                print(shown("%-11s %-10s %s: %s" % (item["status"], item["check"], item["subject"], item["why"])))
        print(
            "%d verified, %d failed, %d not checked"
            % tuple(report.count(s) for s in ("verified", "failed", "not checked"))
        )
    return 1 if report.count("failed") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
