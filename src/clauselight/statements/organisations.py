"""Names of organisations in running text, in Chinese and in English. Names of individuals are never taken."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.statements.fragments import ABBREVIATED, BODIES, HAN, LEGAL_FORMS
from clauselight.statements.span import Stretch
from clauselight.text.patterns import pattern

#: a word for a product, by which a phrase is no organisation
PRODUCT = pattern(
    r"平台|系统|产品|软件|终端|摄像机|摄像头|设备|服务器|算法|方案|网关|主机|录像机|模组|芯片|一体机|引擎|系列|型|"
    r"(?i:\b(?:platforms?|software|cameras?|systems?|products?|terminals?|sdk|devices?|servers?|nvrs?|algorithms?|"
    r"solutions?|series|models?|engine|gateway|chip|module|suite|toolkit|api|app|firmware|recorders?)\b)",
    "示例视频云平台",
    "Seamount NVR",
)
#: what a Chinese body's name ends in
BODY_ZH = pattern(rf"(?:{BODIES})$", "虚构海山数字技术股份有限公司")
#: a word that makes a run of English capitals an organisation and not a person
BODY_EN = pattern(
    r"(?i)\b(?:ltd|limited|inc|corp|corporation|co|company|llc|gmbh|plc|group|technology|technologies|tech|university|"
    r"college|institute|institutes|ministry|bureau|department|committee|subcommittee|academy|cent(?:er|re)|association|"
    r"police|administration|laboratory|laboratories|labs?|systems|vision|digital|security|software|networks?|alliance|"
    r"commission|agency|office|council|government|organi[sz]ation|hospital|bank|telecom|communications?|electronics|"
    r"forum|consortium|federation|society|authority|jtc|sc\s?\d+|tc\s?\d+|cen|cenelec|etsi|itu|iso|iec|study group|"
    r"ieee|nist|holdings|industries|sciences?|research|foundation|service|services)\b",
    "First Example Institute",
)
#: what stands in place of a name: none, to be determined, see the annex
_NO_BODY = pattern(
    r"^(?:无|略|空|暂无|暂缺|没有|未定|未知|不详|待定|待补充?|待确定|待公布|流标|废标|终止|另行(?:公布|通知)|保密|匿名|同上|以上|下列|/|[-—–.…×*_]+)"
    r"(?:$|[(（，,。、;；\s])|"
    r"^(?:详见|参见|请见|另见|见(?:附|第|本|前|后|上|下|表|图|《|正文|文末|公告|网|招标|采购|名单|\s*[A-Z\d]))|"
    r"(?i:^(?:none|nil|n\.?\s?/?\s?a\.?|t\.?b\.?[dac]\.?|nobody|no one|no (?:body|organi[sz]ation|company|"
    r"firm)s?|unknown|pending|ditto|"
    r"omitted|anonymous|confidential|as above|blank|unspecified)(?:$|[\s,.;:()])(?!\w+ (?:ltd|inc|co|corp)\b)|"
    r"^(?:see|refer to|cf\.?|as (?:listed|given) in)\s+(?:also\s+)?(?:the\s+)?(?:annex|appendix|below|above|"
    r"section|clause|page|"
    r"list|attach\w*|overleaf|table|next|following|chapter|schedule|website|notice)|^to be \w+|"
    r"^not (?:applicable|known|available|"
    r"yet|disclosed|stated|specified|determined))",
    "见附录A",
    "待定",
    "see Annex B",
    "TBD",
)
#: a body that is printed and taken back: withdrawn, struck off, named in error
_STRUCK = pattern(
    r"[(（\[【]误(?!差)|[(（\[【][^()（）\[\]【】]{0,16}(?:退出|撤回|撤销|除名|删除|划去|误列|误写|更正|勘误|未参与|未参加|不再参与|取消|"
    r"(?i:withdr[ae]w|removed|struck|deleted|erratum|in error|did not|resigned|expelled|not a member|no longer))"
    r"[^()（）\[\]【】]*[)）\]】]|~~|"
    r"(?:未|没有|不再?|拒绝|已?退出)(?:参与|参加)?(?:起草|编制|制定|编写)|(?:已|已经)退出$|被除名$|除外$",
    "示例大学（已退出）",
    "Example University (withdrawn)",
    "示例公司未参与起草",
)


def is_no_body(name: str) -> bool:
    """Whether what is printed in place of a name names none, or a body that is named as taking no part."""
    return _NO_BODY.search(name) is not None or _STRUCK.search(name) is not None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: frequent surnames: one of them alone is a person
_SURNAMES = _words(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun zhu ma hu guo he lin gao luo zheng liang xie song tang feng "
    "deng han cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao"
)
#: first words that begin no name: of sentences, of headings, of groups of people
_NO_NAME = _words(
    "who what which why how when where it they he she we this these those the that such records documents china "
    "chinese officials experts article researchers police according however but and in on at by for from its their our "
    "most some many several companies company authorities government reports report both all other others foreword "
    "introduction scope note main chief standard standards part section contrary unlike "
    "despite critics rivals competitors opponents lawyers whether if"
)


def is_body_zh(name: str) -> bool:
    """Whether a Chinese phrase ends as the name of a body does."""
    return BODY_ZH.search(name) is not None and len(name) >= 3


# --- English ---

#: a word of a name
_WORD = r"(?:[A-Z][\w&’'.+-]*|\d+[A-Z]\w*|[a-z]+[A-Z]\w*|\d{1,4}(?= (?:on|of|for) ))"
#: words of one name: with small words between, a legal form behind a comma, an aside in brackets
_RUN = pattern(
    rf"{_WORD}(?:(?: (?:of|for|and|the|on|in|&|de|und)){{1,2}} {_WORD}|,? {_WORD}|"
    rf", (?=(?:{LEGAL_FORMS})\b){_WORD}| ?\([^()\n]{{2,30}}\)){{0,14}}",
    "Institute of Example and Sample Technology Co., Ltd.",
)
#: the end of a name before an `and` that is part of it: `Institute of Information and …`
_FIRST_OF_TWO = pattern(
    r"(?i)(?:science|information|research|quality|safety|security|industry|commerce|telecommunications|standards|"
    r"network|public|data|education|transport|culture|health|development|planning|metrology|testing|posts|electronic|"
    r"electronics|software|communication|video|inspection)$",
    "Example Institute of Information",
)
#: what goes on behind such an `and`: `… and Communications Technology`
_SECOND_OF_TWO = pattern(
    r"(?i)^(?:technology|technical|technological|engineering|development|communications?|information|"
    r"informati[sz]ation|police|supervision|security|quality|systems?|standardi[sz]ation|certification|"
    r"telecommunications|certified|testing|inspection|research|applications?|safety|control|quarantine|protection|"
    r"services?)",
    "Communications Technology",
)
#: what parts the names of a list; the comma before a legal form does not
_PARTS = pattern(
    rf",\s+(?:and |as well as |together with )?(?!(?:{LEGAL_FORMS}|GmbH|Limited)\b)|;\s+(?:and )?|"
    r"\s+(?:as well as|together with|along with|in cooperation with)\s+|\s+and\s+",
    "Seamount, and Cloudfig",
    "Seamount as well as Cloudfig",
)
#: words before a name that are no part of it
_LEAD = pattern(
    r"(?i)\s*(?:(?:and|by|jointly by|both|from|including|the|companies such as|such as|vendors|firms|companies|"
    r"manufacturers|makers|giants?|suppliers?|"
    r"(?:\d+|several|many|multiple|a dozen|some|a number of|other)\s+(?:\w+\s+)?"
    r"(?:organi[sz]ations|companies|firms|entities|units|bodies|vendors|manufacturers)|including|like)\s+)*",
    "12 organizations including the Example Institute",
)
#: `'s` at the end of a name
_POSSESSIVE = pattern(r"['’]s$", "Seamount's")
#: the same inside one
_POSSESSIVE_INSIDE = pattern(r"['’]s .", "Example Ministry's Institute")
#: what may follow a whole name
_NAME_ENDS = pattern(r"\s*[(.,]", " (Example)")
#: a legal form whose full stop is part of the name
_ENDS_IN_LEGAL_FORM = pattern(rf"(?i)\b(?:{ABBREVIATED}|s\.a|b\.v)\.$", "Seamount Co., Ltd.")
#: what follows capitals that are the prefix of a number
_NUMBER_FOLLOWS = pattern(r"/|\s?\d{3}", "/T 0001")


def english_names(text: str, strict: bool = False) -> list[Stretch]:
    """Organisations of an English list; `strict` takes only what a word such as Ltd or Institute marks as one."""
    names: list[Stretch] = []
    for start, end in _english_pieces(text):
        lead = _LEAD.match(text, start, end)
        start = lead.end() if lead else start
        name = _english_name(text[start:end])
        if name and _is_plausible(name, strict) and not _NUMBER_FOLLOWS.match(text, start + len(name)):
            names.append((start, start + len(name)))
    return names


def _english_pieces(text: str) -> Iterator[Stretch]:
    """The members of a list; an `and` that joins two words of one name parts none."""
    at = 0
    for match in _PARTS.finditer(text):
        if match.group().strip() == "and" and _is_one_name(text[at : match.start()], text[match.end() :]):
            continue
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _is_one_name(before: str, behind: str) -> bool:
    return _FIRST_OF_TWO.search(before) is not None and _SECOND_OF_TWO.match(behind) is not None


def _english_name(text: str) -> str:
    """The name that a member of a list begins with, or an empty string."""
    name = text.rstrip(" \n,;:")
    if not _POSSESSIVE_INSIDE.search(name):
        name = _POSSESSIVE.sub("", name)
    run = _RUN.match(name)
    if run is None:
        return ""
    if run.end() < len(name) and not _NAME_ENDS.match(name, run.end()):
        name = run.group()
    name = name.rstrip(",;: ")
    return name if _ENDS_IN_LEGAL_FORM.search(name) else name.removesuffix(".")


def _is_plausible(name: str, strict: bool) -> bool:
    words = name.split()
    if not words or len(name) < 2 or words[0].lower() in _NO_NAME:
        return False
    if BODY_EN.search(name):
        return True
    if strict or len(words) > 1:
        return False  # two capitals may be a person
    return words[0].lower() not in _SURNAMES


# --- Chinese ---

#: what a list of names cannot run over: a stop, a line end, a word of time
_BREAK_ZH = pattern(
    r"[。；;：:！？\n]|(?:近日|日前|据悉|其中|此前|目前|此次|同时|标准)[，,]?", "近日，虚构海山参与起草"
)
#: what parts the names of a list; 与 in 参与 does not
_PARTS_ZH = pattern(
    rf"[、，,]|(?<=[{HAN}])(?:以及|和|(?<!参)与|及|联合|携手|会同)(?=[{HAN}])", "虚构海山、示例云图", "海山和云图"
)
#: words before a name: by, as one of the units that, the standard by
_LEAD_ZH = pattern(
    r"\s*(?:(?:是)?由|[A-Z]{1,5}\d{0,2}(?:/[A-Z]{1,2})?\s?[\d.]+(?:[-—–]\d{2,4})?由|经|被|"
    r"作为\S{0,12}单位的?|(?:该|本|此)标准由|\S{0,20}》由|\S{0,24}\d由)?\s*",
    "由虚构海山",
    "DB99/T 0001-2030由虚构海山",
)
#: the part in the work behind a name, to the end: 牵头, 参与了公安行业标准
_PART_TAKEN_ZH = pattern(r"(?:参与|参加|牵头|主导|主持|负责)了?[^参牵主负]*$", "虚构海山参与了公安行业标准")
#: words behind a name: 等单位, 共同, 联合, 等5家企业
_TAIL_ZH = pattern(
    r"(?:作为\S*|等(?:\S{0,8}(?:单位|企业|公司|家|机构|厂商|部门))?|牵头|主导|负责|联合|共同|参与|参加|单位|携手|组织|、|"
    r"\d+家\S*)+$",
    "虚构海山等单位共同",
)
#: what a name does not begin with, what is in none, and what it does not end in
NO_NAME_ZH = pattern(
    r"^(?:由|经|的|我国|国家|该|本|其|此次|多家|相关|有关|企业|单位|公司|专家|标准|行业|部门|各)|"
    r"[的了是在有于将已曾]|[《》]|"
    r"标准$|规定$|要求$|单位$|人员$|专家$|项目$",
    "多家企业",
    "示例标准",
)
#: what one body does to another, which is no name
_TWO_ZH = pattern(
    r"投诉|起诉|指控|控告|状告|反对|批评|质疑|举报|否认|声称|谎称|认为|抗议|(?:归口|提出|发布|主管)$",
    "示例公司投诉示例大学",
)
#: a short name in ideographs
_SHORT_ZH = pattern(rf"[{HAN}]{{2,6}}", "云图")
#: the same in two scripts
_SHORT_MIXED = pattern(rf"[{HAN}A-Za-z]+", "云图AI")


def chinese_names(text: str) -> list[Stretch]:
    """Organisations of the words before a verb of drafting: those of the last run of a list in them."""
    pieces = list(_chinese_pieces(text))
    names: list[Stretch] = []
    for start, end in pieces:
        lead = _LEAD_ZH.match(text[start:end])
        start += lead.end() if lead else 0
        name = _chinese_name(text[start:end])
        if 2 <= len(name) <= 40 and _is_plausible_zh(name, listed=len(pieces) > 1):
            names.append((start, start + len(name)))
    return names


def _chinese_pieces(text: str) -> Iterator[Stretch]:
    at = max((match.end() for match in _BREAK_ZH.finditer(text)), default=0)
    for match in _PARTS_ZH.finditer(text, at):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _chinese_name(text: str) -> str:
    """The name that a member of a list begins with, without the part that it took."""
    return _TAIL_ZH.sub("", _PART_TAKEN_ZH.sub("", text).rstrip() or text.rstrip())


def _is_plausible_zh(name: str, listed: bool) -> bool:
    """Whether a phrase is a name: it ends as a body's does, or is short; with Latin letters only as one of a list."""
    if _TWO_ZH.search(name):
        return False
    if is_body_zh(name) and not NO_NAME_ZH.search(name[:2]) and "《" not in name:
        return True
    if NO_NAME_ZH.search(name):
        return False
    return bool(_SHORT_ZH.fullmatch(name) or (listed and len(name) <= 8 and _SHORT_MIXED.fullmatch(name)))
