"""The benchmark of answers: 100,000 statements once read, and 100,000 names against 10,000 organisations.

Run: python benchmarks/who.py
"""

from __future__ import annotations

import io
import random
import time

from clauselight.entities.catalogue import Name, Organisation, load
from clauselight.entities.resolve import Resolver
from clauselight.exports.registry import Settings, outputs
from clauselight.graph.account import Account
from clauselight.graph.select import Question, select
from clauselight.model.statement import Evidence, Node, Statement

_HAN = [chr(c) for c in range(0x4E00, 0x5E00)]


def _name(chance: random.Random) -> str:
    trade = chance.choice(["科技", "数字技术", "信息技术", "电子"])
    return (
        chance.choice(["杭州", "北京", "上海", "深圳市", "江苏省"])
        + "".join(chance.sample(_HAN, 4))
        + trade
        + "股份有限公司"
    )


def statements(count: int) -> list[Statement]:
    """Invented statements: standards with drafters, tenders that bind them, attributes that they specify."""
    chance = random.Random(1)
    firms = [Node("organisation", n, n) for n in (_name(chance) for _ in range(count // 50))]
    out: list[Statement] = []
    place = Evidence("a.pdf", 1, None, (), "示例文字", 0, 4)
    for i in range(count):
        number = f"DB99/T {i // 12}-2030"
        standard = Node("standard", number, number, number, number, "示例")
        kind = i % 12
        if kind < 8:
            out.append(Statement("drafted", chance.choice(firms), standard, (place,), order=kind))
        elif kind < 10:
            out.append(
                Statement(
                    "mandates",
                    Node("tender", f"示例项目{i % 997}", f"示例项目{i % 997}"),
                    standard,
                    (place,),
                    qualifier="dated",
                )
            )
        else:
            out.append(
                Statement(
                    "specifies", standard, Node("attribute", "skin_colour", "skin_colour"), (place,), role="data_field"
                )
            )
    return out


def main() -> None:
    """Print the figures."""
    rows = statements(100_000)
    for label, question in (
        ("everything", Question()),
        ("--attribute skin_colour", Question("skin_colour")),
        ("--organisation", Question(organisation=rows[0].subject.name)),
    ):
        for form in ("table", "jsonl"):
            start = time.perf_counter()
            resolver = Resolver(load())
            kept = select(resolver.resolve(rows), question)
            account = Account(kept, [], True, load(), resolver.matches(kept))
            outputs("statements")[form].write(io.StringIO(), account, Settings())
            print(f"100,000 statements, {label}, {form}: {time.perf_counter() - start:.2f} s ({len(kept)} kept)")
    chance = random.Random(2)
    organisations = [Organisation(str(i), str(i), (Name(_name(chance), "invented"),), (), ()) for i in range(10_000)]
    start = time.perf_counter()
    resolver = Resolver(organisations)
    names = [_name(chance) for _ in range(50_000)] + [
        chance.choice(organisations).names[0].text.replace("股份", "") for _ in range(50_000)
    ]
    hits = sum(1 for n in names if resolver.match(n))
    print(
        f"100,000 names against 10,000 organisations: {time.perf_counter() - start:.2f} s on one core ({hits} matched)"
    )


if __name__ == "__main__":
    main()
