"""Names of organisations in running text, in Chinese and in English. Names of individuals are never taken."""

from __future__ import annotations

import re

PRODUCT = re.compile(
    r"平台|系统|产品|软件|终端|摄像机|摄像头|设备|服务器|算法|方案|网关|主机|录像机|模组|芯片|一体机|引擎|系列|型|"
    r"(?i:\b(?:platforms?|software|cameras?|systems?|products?|terminals?|sdk|devices?|servers?|nvrs?|algorithms?|solutions?|series|models?|engine|gateway|chip|module|suite|toolkit|api|app|firmware|recorders?)\b)"
)
#: what a Chinese body's name ends in
BODY_ZH = re.compile(
    r"(?:公司|研究所|研究院|大学|学院|中心|局|厅|部|委员会|委|协会|学会|集团|总队|支队|大队|联盟|科学院|分局|检测所|检验所|机构|银行|医院|政府|[)）])$"
)
#: a word that makes a run of English capitals an organisation and not a person
BODY_EN = re.compile(
    r"(?i)\b(?:ltd|limited|inc|corp|corporation|co|company|llc|gmbh|plc|group|technology|technologies|tech|university|college|institute|institutes|ministry|bureau|department|committee|subcommittee|academy|cent(?:er|re)|association|"
    r"police|administration|laboratory|laboratories|labs?|systems|vision|digital|security|software|networks?|alliance|commission|agency|office|council|government|organi[sz]ation|hospital|bank|telecom|communications?|electronics|"
    r"forum|consortium|federation|society|authority|jtc|sc\s?\d+|tc\s?\d+|cen|cenelec|etsi|itu|iso|iec|study group|ieee|nist|holdings|industries|sciences?|research|foundation|service|services)\b"
)
_SURNAMES = frozenset(
    [
        "wang",
        "li",
        "zhang",
        "liu",
        "chen",
        "yang",
        "zhao",
        "huang",
        "zhou",
        "wu",
        "xu",
        "sun",
        "zhu",
        "ma",
        "hu",
        "guo",
        "he",
        "lin",
        "gao",
        "luo",
        "zheng",
        "liang",
        "xie",
        "song",
        "tang",
        "feng",
        "deng",
        "han",
        "cao",
        "peng",
        "zeng",
        "xiao",
        "tian",
        "dong",
        "pan",
        "yuan",
        "cai",
        "jiang",
        "yu",
        "du",
        "ye",
        "cheng",
        "wei",
        "su",
        "lu",
        "ding",
        "ren",
        "shen",
        "yao",
    ]
)
_NO_NAME = frozenset(
    [
        "who",
        "what",
        "which",
        "why",
        "how",
        "when",
        "where",
        "it",
        "they",
        "he",
        "she",
        "we",
        "this",
        "these",
        "those",
        "the",
        "that",
        "such",
        "records",
        "documents",
        "china",
        "chinese",
        "officials",
        "experts",
        "article",
        "researchers",
        "police",
        "according",
        "however",
        "but",
        "and",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "its",
        "their",
        "our",
        "most",
        "some",
        "many",
        "several",
        "companies",
        "company",
        "authorities",
        "government",
        "reports",
        "report",
        "both",
        "all",
        "other",
        "others",
        "foreword",
        "introduction",
        "scope",
        "note",
        "main",
        "chief",
        "standard",
        "standards",
        "part",
        "section",
    ]
)
_WORD = r"(?:[A-Z][\w&’'.+-]*|\d+[A-Z]\w*|[a-z]+[A-Z]\w*|\d{1,4}(?= (?:on|of|for) ))"
_RUN = re.compile(
    rf"{_WORD}(?:(?: (?:of|for|and|the|on|in|&|de|und)){{1,2}} {_WORD}|,? {_WORD}|, (?=(?:Ltd|Inc|LLC|Corp|Co)\b){_WORD}| ?\([^()\n]{{2,30}}\)){{0,14}}"
)
_FIRST_OF_TWO = re.compile(
    r"(?i)(?:science|information|research|quality|safety|security|industry|commerce|telecommunications|standards|network|public|data|education|transport|culture|health|development|planning|metrology|testing|posts|electronic|electronics|software|communication|video|inspection)$"
)
_SECOND_OF_TWO = re.compile(
    r"(?i)^(?:technology|technical|technological|engineering|development|communications?|information|informati[sz]ation|police|supervision|security|quality|systems?|standardi[sz]ation|certification|telecommunications|certified|testing|inspection|research|applications?|safety|control|quarantine|protection|services?)"
)
_SPLIT = re.compile(
    r",\s+(?:and |as well as |together with )?(?!(?:Ltd|Inc|LLC|Corp|Co|GmbH|Limited)\b)|;\s+(?:and )?|\s+(?:as well as|together with|along with|in cooperation with)\s+|\s+and\s+"
)


def is_body_zh(name: str) -> bool:
    """Whether a Chinese phrase ends as the name of a body does."""
    return BODY_ZH.search(name) is not None and len(name) >= 3


def english_names(text: str, strict: bool = False) -> list[tuple[int, int]]:
    """Organisations of an English list; `strict` takes only what a word such as Ltd or Institute marks as one."""
    out: list[tuple[int, int]] = []
    at = 0
    pieces: list[tuple[int, int]] = []
    for match in _SPLIT.finditer(text):
        if (
            match.group().strip() == "and"
            and _FIRST_OF_TWO.search(text[at : match.start()])
            and _SECOND_OF_TWO.match(text[match.end() :])
        ):
            continue
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(text)))
    for start, end in pieces:
        raw = text[start:end]
        lead = re.match(
            r"\s*(?:(?:and|by|jointly by|both|from|including|the|companies such as|such as|vendors|firms|companies|manufacturers|makers|giants?|suppliers?|(?:\d+|several|many|multiple|a dozen|some|a number of|other)\s+(?:\w+\s+)?(?:organi[sz]ations|companies|firms|entities|units|bodies|vendors|manufacturers)|including|like)\s+)*",
            raw,
            re.IGNORECASE,
        )
        start += lead.end() if lead else 0
        name = text[start:end].rstrip(" \n,;:")
        name = re.sub(r"['’]s$", "", name) if not re.search(r"['’]s .", name) else name
        run = _RUN.match(name)
        if not run or (run.end() < len(name) and not re.match(r"\s*[(.,]", name[run.end() :])):
            if not run:
                continue
            name = run.group()
        name = name.rstrip(",;: ")
        if name.endswith(".") and not re.search(r"(?i)\b(?:ltd|inc|corp|co|s\.a|b\.v)\.$", name):
            name = name[:-1]
        if _plausible(name, strict) and not re.match(r"/|\s?\d{3}", text[start + len(name) :]):
            out.append((start, start + len(name)))
    return out


def _plausible(name: str, strict: bool) -> bool:
    words = name.split()
    if not words or len(name) < 2 or words[0].lower() in _NO_NAME:
        return False
    if BODY_EN.search(name):
        return True
    if strict or len(words) > 1:
        return False  # two capitals may be a person
    return words[0].lower() not in _SURNAMES
