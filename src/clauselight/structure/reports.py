"""Whether a text reports on others: a newspaper, a study, a paper. What it quotes is not its own.

A report on a standard quotes its list of drafters, the label of a tender and what a firm claims. Nobody "drafted" the
report by that, it buys nothing, and its sentences provide for nothing.
"""

from __future__ import annotations

from clauselight.text.patterns import pattern

#: characters in which a text says what it is
FRONT = 60_000
#: what only a reporter or a scholar says of the own work
_SAYS_SO = pattern(
    r"本报(?:记者|讯|综合)|记者(?:发现|获悉|了解到|查阅|注意到|调查|看到|采访)|(?<![根依数证])据[^，。\n]{0,14}报道|"
    r"(?:日报|晚报|早报|新闻网|通讯社)(?:讯|消息|报道|[:：])|"
    r"本(?:研究|论文|调查报告)(?!院|所|中心|室)|本文(?!件|档|本|字)|笔者|(?:^|\n)\s*摘\s*要\s*[:：\n]|研究者|"
    r"(?i:\b(?:our|this newspaper's) (?:reporters?|correspondent|newspaper|newsroom|magazine)\b|"
    r"\b(?:reporters?|journalists?) (?:found|read|saw|obtained|reviewed|asked|at|from)\b|"
    r"\bthis (?:paper|study|article|investigation|thesis|essay)\b|"
    r"\bwe (?:stud(?:y|ied)|examined?|interviewed|investigated?|obtained|argue|surveyed)\b|\bet al\.|"
    r"(?:^|\n)\W{0,3}abstract\b|\bresearchers? (?:found|say|said|read|at)\b|\bhuman rights (?:group|watch|organi)|"
    r"\b(?:a|the|its) (?:report|study|investigation|document|preface) (?:said|says|found|finds|reveals?|lists)\b|"
    r"\b(?:told us|told the newspaper|according to documents (?:seen|reviewed|obtained))\b)",
    "记者发现",
    "本研究由示例学会发布",
    "Our reporters read DB99/T 0001-2030.",
    "\nAbstract. We study faces.",
)
#: what a standard or a tender says of itself, or a firm of its goods: its own words, whoever else is quoted in it
_OWN_WORDS = pattern(
    r"(?:本|木)(?:标准|部分|规范|规程)(?:规定|适用|由|按照|代替|起草|的)|规范性引用文件|ICS\s?\d|"
    r"(?:我司|我公司|本公司|我们的?(?:产品|平台|系统))|投标人须知|投标人(?:应|须|必须)|供应商(?:应|须|必须)|"
    r"(?i:\bnormative references\b|\bthis (?:standard|part|specification) (?:specifies|was|is|shall)\b|"
    r"\bour (?:platform|products?|cameras?|software|solutions?|systems?|customers)\b|"
    r"\b(?:tenderers|bidders|suppliers|the contractor) (?:shall|must)\b)",
    "本标准由虚构市示例局提出",
    "our cameras",
    "Bidders shall",
)
#: words in marks of quotation: those of somebody else
_QUOTED = pattern(r"“[^”\n]*”|「[^」\n]*」|\"[^\"\n]*\"", "标准前言写道：“本标准由示例局提出。”", 'he said "no"')

#: so many signs more are asked for where a text also speaks of itself as something else
_OUTWEIGHED = 2


def is_report(text: str, signs: int = 1) -> bool:
    """Whether a text says of itself, in at least so many different words, that it reports.

    Words by which it would be something else outweigh two of them. What it quotes speaks neither for that nor against.
    """
    own = _QUOTED.sub("“”", text[:FRONT])
    said = {match.group().casefold().strip() for match in _SAYS_SO.finditer(own)}
    return len(said) >= signs + (_OUTWEIGHED if _OWN_WORDS.search(own) else 0)
