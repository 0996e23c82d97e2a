"""What is denied, supposed, doubted, planned or taken back makes no statement: each predicate by each way of saying so.

Beside them the same sentences without such words, which make exactly one. All texts are invented.
"""

from __future__ import annotations

import pytest

from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder
from clauselight.statements.extract import statements

N = "DB99/T 0001-2030"
ZH, EN = "虚构海山科技有限公司", "Seamount Example Ltd"
#: mentions, which are made of any number that a text names
_MENTION = "cites"

TENDER_ZH = "虚构市示例局招标公告\n项目名称：虚构市摄像机项目\n采购人：虚构市示例局\n"
NAME_EN = "Example cameras: invitation to tender"
TENDER_EN = f"{NAME_EN}\nThe procurement is open to all bidders.\n"
#: a standard that cites or replaces another
STANDARD_ZH = "DB99/T 0009-2030 示例系统\n前言\n本标准由虚构市示例局提出。\n"
STANDARD_EN = "DB99/T 0009-2030\nForeword\nThis standard specifies example systems.\n"

#: the predicate, what stands before the sentence, the sentence, and what it says
SAID = [
    ("mandates", TENDER_ZH, f"投标产品应符合{N}的要求。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"★必须执行{N}。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"投标人不得使用不符合{N}的产品。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"不符合{N}的产品将被拒绝。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"产品性能不得低于{N}的要求，应符合其规定。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"如为进口产品，应符合{N}的要求。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"除应符合{N}外，还应提供检测报告。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"产品应符合{N}的要求，否则按无效投标处理。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"不支持国标的设备应按{N}改造。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"应符合包括但不限于{N}的标准。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"不得不符合{N}，须先进。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"未按{N}执行的，视为负偏离，投标无效。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"采购人不接受不符合{N}的产品。", "虚构市摄像机项目"),
    ("mandates", TENDER_ZH, f"将“应符合DB99/T 0002-2030”改为“应符合{N}”。", "虚构市摄像机项目"),
    ("mandates", TENDER_EN, f"No product shall be accepted unless it complies with {N}.", NAME_EN),
    ("mandates", TENDER_EN, f"Bidders must not offer products without a certificate to {N}.", NAME_EN),
    ("mandates", TENDER_EN, f"The system shall comply with {N}.", NAME_EN),
    ("mandates", TENDER_EN, f"Cameras that do not comply with {N} will be rejected.", NAME_EN),
    ("mandates", TENDER_EN, f"The system must not deviate from {N} and must comply with it.", NAME_EN),
    ("mandates", TENDER_EN, f"If cameras are offered, they shall comply with {N}.", NAME_EN),
    ("mandates", TENDER_EN, f"The system shall not only comply with {N} but be quiet.", NAME_EN),
    ("mandates", TENDER_EN, f"Tenders that fail to comply with {N} will be rejected.", NAME_EN),
    ("claims_conformity", "", f"示例视频云平台符合{N}的要求。", "示例视频云平台"),
    ("claims_conformity", "", f"{EN} complies with {N}.", EN),
    ("claims_conformity", "", f"It does not store data, and {EN} complies with {N}.", EN),
    ("claims_conformity", "", f"{EN} complies with {N} and, if asked, says so.", EN),
    ("drafted", "", f"{ZH}参与起草了{N}。", ZH),
    ("drafted", "", f"由虚构市示例局归口，{ZH}参与起草的{N}正式发布。", ZH),
    ("drafted", "", f"{ZH}是{N}的起草单位之一。", ZH),
    ("drafted", "", f"{N} was drafted by {EN}.", EN),
    ("drafted", "", f"{EN} helped draft {N}.", EN),
    ("drafted", "", f"The drafters of {N} include {EN}.", EN),
    ("drafted", "", f"{N} lists {EN} as drafters.", EN),
    ("proposed", "", f"{N}由虚构市示例局提出。", "虚构市示例局"),
    ("administers", "", f"{N}由虚构市示例局归口。", "虚构市示例局"),
    ("administers", "", f"{N} is administered by Example Bureau.", "Example Bureau"),
    ("issued", "", f"{N}由虚构市示例局发布。", "虚构市示例局"),
    ("issued", "", f"{N} was issued by Example Ministry.", "Example Ministry"),
    ("replaces", STANDARD_ZH, "本标准代替DB99/T 0003-2020。", "DB99/T 0009-2030"),
    ("replaces", STANDARD_EN, "This standard replaces DB99/T 0003-2020.", "DB99/T 0009-2030"),
    ("cites", STANDARD_ZH, f"摄像机应按{N}检验。", "DB99/T 0009-2030"),
    ("cites", STANDARD_EN, f"Cameras are tested to {N}.", "DB99/T 0009-2030"),
    ("effective_on", "", f"{N}自2031-03-01起实施。", N),
    ("effective_on", "", f"{N}的实施日期推迟至2031-03-01。", N),
    ("effective_on", "", f"{N} takes effect on March 1, 2031.", N),
    ("published_on", "", f"{N}于2030-02-01发布。", N),
    ("published_on", "", f"{N} was issued on February 1, 2030.", N),
]  # fmt: skip

#: the predicate, what stands before the sentence, and the sentence, which makes no such statement
UNSAID = [
    *(("mandates", TENDER_ZH, s) for s in (
        f"本项目不适用{N}。", f"本项目不执行{N}，应符合其他标准。", f"不再执行{N}，产品应先进。",
        f"投标人不得按{N}提供产品。", f"禁止采用{N}，必须符合国家规定。", f"严禁使用符合{N}的产品。",
        f"投标产品无需符合{N}，但应先进。", f"不要求投标产品符合{N}，但应先进。", f"可不执行{N}，但应符合国家规定。",
        f"符合{N}的产品将被拒绝，必须符合国家规定。", f"应符合国家标准（{N}除外）。", f"应符合国家标准，{N}不适用。",
        f"应符合国家标准，{N}已废止。", f"应符合国家标准，{N}不作要求。", f"应符合国家标准，{N}仅供参考。",
        f"删除“投标产品应符合{N}”的要求。", f"原招标文件要求投标产品应符合{N}，现删除该要求。",
        f"将“应符合{N}”改为“应符合国家标准”。", f"{N}不作为本项目验收依据，必须按合同执行。",
        f"投标产品符合{N}的优先，须提供报告。", f"应避免采用{N}。",
        f"如果投标人声称符合{N}，应提供检测报告。", f"除{N}外，应符合其他国家标准。",
    )),
    *(("mandates", TENDER_EN, s) for s in (
        f"The system shall not comply with {N}.", f"The supplier must not implement {N}.",
        f"The bidder need not comply with {N}, but shall comply with the law.",
        f"The bidder is not required to comply with {N} but must be licensed.",
        f"Compliance with {N} is optional; it must be stated.", f"The supplier is exempt from {N} and must comply.",
        f"Products that comply with {N} will be rejected and must comply with the law.",
        f"The system shall comply with all standards except {N}.", f"{N} does not apply; bidders shall comply.",
        f"{N} is no longer required and bidders shall comply with the law.",
        f"If a bidder claims compliance with {N}, it must submit a report.",
        f"The requirement that systems shall comply with {N} has been deleted.",
        f"Systems shall comply with the law instead of {N}.", f"The system may comply with {N} and shall be quiet.",
        f"Under no circumstances shall the system comply with {N}.",
        f"Systems that comply with {N} are preferred and must be quiet.",
        f"The city rejected a proposal that cameras must comply with {N}.",
        f"Never comply with {N}, which must be avoided.", f"Do not implement {N}; tenders must comply with the law.",
    )),
    *(("claims_conformity", "", s) for s in (
        f"{ZH}的视频平台不符合{N}的要求。", f"{ZH}的视频平台未通过{N}检测。", f"{ZH}的视频平台尚未通过{N}检测。",
        f"{ZH}的视频平台没有通过{N}检测。", f"{ZH}谎称其平台符合{N}。", f"{ZH}否认其平台符合{N}。",
        f"如果{ZH}声称其平台符合{N}，应提供报告。", f"法院认定{ZH}“平台符合{N}”的宣传为虚假宣传。",
        f"{ZH}涉嫌虚假宣传其平台符合{N}。", f"{ZH}的视频平台是否符合{N}？", f"假设{ZH}的视频平台符合{N}。",
        f"有关{ZH}的视频平台符合{N}的说法不实。", f"{ZH}的视频平台不再支持{N}。", f"{ZH}的视频平台无法满足{N}。",
    )),
    *(("claims_conformity", "", s) for s in (
        f"{EN}'s platform does not comply with {N}.", f"{EN}'s platform doesn't comply with {N}.",
        f"{EN}'s platform never complied with and no longer supports {N}.",
        f"{EN} denies that its products comply with {N}.", f"{EN} falsely claims that its platform complies with {N}.",
        f"{EN} allegedly complies with {N}.", f"If {EN}'s platform complies with {N}, it is sold.",
        f"Does {EN}'s platform comply with {N}?", f"Products that comply with {N} are dear.",
        f"Northlight said that {EN}'s platform complies with {N}, which {EN} denies.",
        f"{EN}'s platform fails to meet {N}.", f"None of {EN}'s products meets {N}.",
        f"It is untrue that {EN}'s platform meets {N}.", f"Whether {EN}'s platform meets {N} is open.",
        f"{EN}'s platform meets {N} if it is upgraded.", f"{EN}'s platform was certified without reference to {N}.",
    )),
    *(("drafted", "", s) for s in (
        f"{ZH}未参与起草{N}。", f"{ZH}从未参与起草{N}。", f"{ZH}没有参与{N}的起草。", f"{ZH}并非{N}的起草单位。",
        f"{ZH}不是{N}的起草单位之一。", f"{ZH}拒绝参与起草{N}。", f"{ZH}否认参与起草{N}。", f"{ZH}拟参与起草{N}。",
        f"假设{ZH}是{N}的起草单位之一。", f"如果{ZH}参与起草{N}，应公开。", f"{ZH}是否参与起草了{N}？",
        f"更正：关于{ZH}参与起草{N}的报道有误。", f"网传{ZH}参与起草{N}的说法不实。", f"{ZH}谎称参与起草了{N}。",
        f"{ZH}申请参与起草{N}。", f"{N}不是由{ZH}起草的。", f"{N}的起草单位不包括{ZH}。", f"{N}的起草单位为无。",
        f"{ZH}退出了{N}的起草。", f"{N}的起草单位：见附录A。",
        f"据称，{ZH}参与起草了{N}。", f"{ZH}参与起草了{N}。该公司否认。", f"{ZH}参与起草了{N}，后声明撤回。",
        f"{ZH}投诉示例云图有限公司起草的{N}。", f"{ZH}的竞争对手参与起草了{N}。",
    )),
    *(("drafted", "", s) for s in (
        f"{N} was not drafted by {EN}.", f"{N} was never drafted by {EN}.", f"{EN} did not help draft {N}.",
        f"{EN} did not take part in the drafting of {N}.", f"{EN} denies that it helped draft {N}.",
        f"{EN} allegedly helped draft {N}.", f"If {EN} helped draft {N}, it should say so.",
        f"It is false that {N} was drafted by {EN}.", f"{N} was to be drafted by {EN}.",
        f"{N} may have been drafted by {EN}.",
        f"The drafters of {N} are none of {EN}.", f"The drafters of {N} include nobody from {EN}.",
        f"Was {N} drafted by {EN}?", f"{EN} refused to be listed as drafters of {N}.",
        f"{EN} falsely claims that it was among the drafters of {N}.", f"Neither Northlight nor {EN} helped draft {N}.",
        f"{N} was drafted by nobody.", f"{N} would be drafted by {EN}.", f"Whether {EN} helped draft {N} is not known.",
        f"{EN} helped draft {N}. The firm denies this.", f"Critics of {EN} helped draft {N}.",
        f"{N} was drafted without {EN}.", f"{N} does not list {EN} as drafters.",
        f"Reports that {EN} helped draft {N} are incorrect.",
    )),
    *(("proposed", "", s) for s in (
        f"{N}不是由虚构市示例局提出。", f"{N}拟由虚构市示例局提出。", f"如果{N}由虚构市示例局提出，应公开。",
        f"{N} was not proposed by Example Bureau.", f"{N} was allegedly proposed by Example Bureau.",
        f"If {N} was proposed by Example Bureau, it is void.",
    )),
    *(("administers", "", s) for s in (
        f"{N}不由虚构市示例局归口。", f"{N}不再由虚构市示例局归口。", f"{N}拟由虚构市示例局归口。",
        f"示例云图有限公司不同意{N}由虚构市示例局归口。", f"建议{N}由虚构市示例局归口。", f"{N}原由虚构市示例局归口。",
        f"{N} is not administered by Example Bureau.", f"{N} is no longer administered by Example Bureau.",
        f"{N} was to be administered by Example Bureau.", f"Is {N} administered by Example Bureau?",
    )),
    *(("issued", "", s) for s in (
        f"{N}并非由虚构市示例局发布。", f"{N}未由虚构市示例局发布。", f"有关{N}由虚构市示例局发布的传言不实。",
        f"{N} was not issued by Example Ministry.", f"The Example Ministry has not issued {N}.",
        f"The Example Ministry never issued {N}.", f"{N} was allegedly issued by Example Ministry.",
        f"The Example Ministry denies that it issued {N}.",
    )),
    *(("replaces", STANDARD_ZH, s) for s in (
        "本标准不代替DB99/T 0003-2020。", "本标准并不代替DB99/T 0003-2020。", "本标准未代替DB99/T 0003-2020。",
        "本标准并未取代DB99/T 0003-2020。", "本标准不能替代DB99/T 0003-2020。", "本标准是否代替DB99/T 0003-2020？",
        "认为本标准代替DB99/T 0003-2020的说法有误。", "如果本标准代替DB99/T 0003-2020，应公告。",
    )),
    *(("replaces", STANDARD_EN, s) for s in (
        "This standard does not replace DB99/T 0003-2020.", "It is incorrect that it replaces DB99/T 0003-2020.",
        "This standard neither cancels nor replaces DB99/T 0003-2020.", "If it replaces DB99/T 0003-2020, say so.",
        "This standard no longer supersedes DB99/T 0003-2020.",
    )),
    *((_MENTION, STANDARD_ZH, s) for s in (
        f"本标准未引用{N}。", f"本标准没有引用{N}。", f"本标准不再引用{N}。", f"{N}未被引用。", f"{N}不再引用。",
    )),
    *((_MENTION, STANDARD_EN, s) for s in (
        f"This standard does not cite {N}.", f"This standard no longer refers to {N}.", f"{N} is not cited.",
    )),
    *(("effective_on", "", s) for s in (
        f"{N}原定2031-03-01实施，现推迟。", f"{N}未于2031-03-01实施。", f"{N}原计划于2031-03-01起实施。",
        f"{N}自2031-02-30起实施。", f"{N}自2031-13-01起实施。", f"{N}暂缓自2031-03-01起实施。",
        f"如果{N}自2031-03-01起实施，应公告。", f"{N}是否自2031-03-01起实施？", f"{N}不于2031-03-01实施。",
        f"{N} was to take effect on March 1, 2031.", f"{N} did not take effect on March 1, 2031.",
        f"{N} was due to come into effect on March 1, 2031 but was postponed.",
        f"{N} takes effect on February 30, 2031.", f"If {N} takes effect on March 1, 2031, cameras go.",
        f"It is wrong that {N} takes effect on March 1, 2031.",
    )),
    *(("published_on", "", s) for s in (
        f"{N}未于2030-02-01发布。", f"{N}原定于2030-02-01发布。", f"{N}没有在2030-02-01发布。",
        f"{N} was not issued on February 1, 2030.", f"{N} was to be issued on February 1, 2030.",
        f"{N} was allegedly issued on February 1, 2030.", f"{N} had been due to be published on February 1, 2030.",
    )),
]  # fmt: skip


def told(text: str, predicate: str) -> list[str]:
    """The subjects of the statements of one predicate."""
    return [s.subject.label for s in statements(text_document(text, "a.txt")) if s.predicate == predicate]


@pytest.mark.parametrize(("predicate", "before", "sentence", "subject"), SAID)
def test_what_is_said_makes_one_statement(predicate: str, before: str, sentence: str, subject: str) -> None:
    assert [label.removesuffix(".") for label in told(before + sentence + "\n", predicate)] == [subject]


@pytest.mark.parametrize(("predicate", "before", "sentence"), UNSAID)
def test_what_is_not_said_makes_none(predicate: str, before: str, sentence: str) -> None:
    assert told(before + sentence + "\n", predicate) == []


COVER = "DB99/T 0009-2030 示例系统\n前言\n"
COVER_EN = "DB99/T 0009-2030\nForeword\nThis standard specifies example systems.\n"
UNIVERSITY = "示例大学"


@pytest.mark.parametrize(
    "instead",
    [
        "见附录A",
        "见附录 B",
        "详见附录 B",
        "参见正文",
        "无",
        "略",
        "待定",
        "暂无",
        "/",
        "none",
        "TBD",
        "N/A",
        "see Annex B",
    ],
)
@pytest.mark.parametrize(
    ("label", "predicate"),
    [("起草单位", "drafted"), ("提出单位", "proposed"), ("归口单位", "administers"), ("发布单位", "issued")],
)
def test_what_stands_in_place_of_a_name_is_none(label: str, predicate: str, instead: str) -> None:
    assert told(f"{COVER}{label}：{instead}。\n", predicate) == []
    assert told(f"{COVER}{label}：{ZH}。\n", predicate) == [ZH]


@pytest.mark.parametrize("instead", ["待定", "无", "见附件", "流标", "/", "详见公告"])
@pytest.mark.parametrize(("label", "predicate"), [("采购人", "purchases"), ("中标供应商", "supplies")])
def test_nor_is_it_a_party_of_a_tender(label: str, predicate: str, instead: str) -> None:
    notice = "公告\n项目名称：虚构市摄像机项目\n"
    assert told(f"{notice}{label}：{instead}\n", predicate) == []
    assert told(f"{notice}{label}：{ZH}\n", predicate) == [ZH]


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        (f"{ZH}、{UNIVERSITY}", [ZH, UNIVERSITY]),
        (f"{ZH}（已退出）、{UNIVERSITY}", [UNIVERSITY]),
        (f"{ZH}（误）、{UNIVERSITY}", [UNIVERSITY]),
        (f"{ZH}（误，更正：示例云图有限公司）、{UNIVERSITY}", [UNIVERSITY]),
        (f"{ZH}（除名）、{UNIVERSITY}", [UNIVERSITY]),
        (f"~~{ZH}~~、{UNIVERSITY}", [UNIVERSITY]),
        (f"{ZH}（示例分公司除外）、{UNIVERSITY}", [ZH, UNIVERSITY]),
        (f"{ZH}，{UNIVERSITY}未参加起草", [ZH]),
        (f"{ZH}、{UNIVERSITY}。{ZH}于2031年声明退出起草", [UNIVERSITY]),
        (f"{ZH}、{UNIVERSITY}。{ZH}未参与起草，系误列", [UNIVERSITY]),
    ],
)
def test_a_body_that_is_struck_off_is_no_drafter(listed: str, wanted: list[str]) -> None:
    assert told(f"{COVER}本标准起草单位：{listed}。\n", "drafted") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("本标准由示例部研究所负责起草，示例大学参加起草。", ["示例部研究所", UNIVERSITY]),
        ("本标准由示例部研究所负责起草，示例大学未参加起草。", ["示例部研究所"]),
        (f"非起草单位：{ZH}。", []),
        (f"拟起草单位：{ZH}。", []),
        (f"与下列单位无关：起草单位：{ZH}。", []),
        (f"本标准起草单位：不包括{ZH}。", []),
    ],
)
def test_a_list_of_others_is_no_list_of_drafters(text: str, wanted: list[str]) -> None:
    assert told(COVER + text + "\n", "drafted") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"Drafting organizations: {EN}, Example University.", [EN, "Example University"]),
        (f"Drafting organizations: none of the following: {EN}, Example University.", []),
        (f"Organizations not involved in drafting: {EN}.", []),
        (f"Non-drafting organizations: {EN}.", []),
        (f"Drafting organizations: {EN}, Example University. {EN} withdrew from the drafting.", ["Example University"]),
    ],
)
def test_nor_in_english(text: str, wanted: list[str]) -> None:
    assert told(COVER_EN + text + "\n", "drafted") == wanted


def test_the_label_of_those_who_did_not_win_is_another() -> None:
    notice = (
        "公告\n项目名称：虚构市摄像机项目\n采购人：虚构市示例局\n未中标供应商：示例云图有限公司\n"
        f"中标供应商：{ZH}\n中标供应商：示例北光有限公司\n"
    )
    assert told(notice, "supplies") == [ZH, "示例北光有限公司"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{ZH}起草了反对{N}的意见书。", []),
        (f"{ZH}起草了{N}的解读。", []),
        (f"{EN} wrote a critique of {N}.", []),
        (f"{EN} drafted a protest against {N}.", []),
        (f"{EN} wrote {N}.", [EN]),
    ],
)
def test_another_text_on_a_standard_is_not_the_standard(text: str, wanted: list[str]) -> None:
    assert told(text + "\n", "drafted") == wanted


def days(text: str) -> list[tuple[str, str, str]]:
    return [
        (s.predicate, s.subject.label, s.object.label)
        for s in statements(text_document(text, "a.txt"))
        if s.predicate in ("published_on", "effective_on")
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (  # a day to which it is put off takes the place of the one on the cover
            "DB99/T 0016-2030 示例系统\n2030-02-01发布 2030-03-01实施\n前言\n实施日期由2030-03-01推迟至2031-03-01。\n",
            [("published_on", "DB99/T 0016-2030", "2030-02-01"), ("effective_on", "DB99/T 0016-2030", "2031-03-01")],
        ),
        (
            f"{N}原定2030-03-01实施，现延期至2031年3月1日实施。\n",
            [("effective_on", N, "2031-03-01")],
        ),
        (  # the day of the edition before
            "DB99/T 0014-2030 示例系统\n前言\n本标准所代替的DB99/T 0003-2020于2020-05-01发布。\n",
            [("published_on", "DB99/T 0003-2020", "2020-05-01")],
        ),
        ("DB99/T 0014-2030 示例系统\n前言\n本标准于2020年5月首次发布。\n", []),
        (f"{N}和DB99/T 0002-2030分别于2030-01-01和2030-02-01发布。\n", []),
        ("DB99/T 0015-2030 示例系统\n2030-13-45 发布 2030-02-30 实施\n前言\n", []),
    ],
)
def test_a_day_belongs_to_its_standard_and_is_one(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert days(text) == wanted


def drafted(text: str) -> list[tuple[str, str]]:
    found = statements(text_document(text, "a.txt"))
    return [(s.subject.label, s.object.label) for s in found if s.predicate == "drafted"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "DB99/T 0020-2030 示例桥架\n前言\n本标准起草单位：示例桥架有限公司。\n2 规范性引用文件\n"
            "DB99/T 0101-2030 示例钢材\n"
            "DB99/T 0102-2030 示例板材\n\nDB99/T 0021-2030 示例视频系统\n前言\n本标准起草单位：示例视频有限公司。\n"
        ),
        (
            "DB99/T 0020-2030 示例桥架\n本标准起草单位：示例桥架有限公司。\n桥架应为钢制。\n\n"
            "附件2：DB99/T 0021-2030 示例视频系统\n本标准起草单位：示例视频有限公司。\n"
        ),
        (
            "（一）《示例桥架》（DB99/T 0020-2030）起草单位：示例桥架有限公司。\n"
            "（二）《示例视频系统》（DB99/T 0021-2030）起草单位：示例视频有限公司。\n"
        ),
    ],
)
def test_each_of_two_standards_in_one_text_has_its_own_drafters(text: str) -> None:
    assert drafted(text) == [("示例桥架有限公司", "DB99/T 0020-2030"), ("示例视频有限公司", "DB99/T 0021-2030")]


def test_a_tender_that_lists_two_standards_gives_the_drafters_of_one_to_none() -> None:
    assert drafted(f"{TENDER_ZH}应符合DB99/T 0020-2030和DB99/T 0021-2030。\n标准起草单位：示例视频有限公司。\n") == []


def test_the_drafters_of_the_text_before_are_not_those_of_a_reference() -> None:
    text = f"DB99/T 0009-2030 示例系统\n前言\n本标准与\n{N}\n相比有变化。\n本标准起草单位：{ZH}。\n"
    assert drafted(text) == [(ZH, "DB99/T 0009-2030")]


def specified(finder: Finder, text: str) -> list[tuple[str, str]]:
    document = text_document(text, "a.txt")
    found = statements(document, finder.findings(document))
    return [(s.subject.label, s.object.label) for s in found if s.predicate == "specifies"]


def test_a_standard_specifies_what_stands_below_its_own_title(finder: Finder) -> None:
    clause = "摄像机应识别行人的民族。"
    two = (
        "DB99/T 0020-2030 示例桥架\n前言\n本标准起草单位：示例桥架有限公司。\n\n"
        f"DB99/T 0021-2030 示例视频系统\n前言\n本标准起草单位：示例视频有限公司。\n5.1 {clause}\n"
    )
    assert specified(finder, two) == [("DB99/T 0021-2030", "ethnicity")]
    quoted = f"{COVER}本标准起草单位：{ZH}。\n附：DB99/T 0021-2030 示例视频系统 引文：“{clause}”\n"
    assert specified(finder, quoted) == []
    assert specified(finder, f"{COVER}本标准起草单位：{ZH}。\n5.1 {clause}\n") == [("DB99/T 0009-2030", "ethnicity")]
