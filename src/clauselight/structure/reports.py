"""Whether a text reports on others: a newspaper, a study, a paper. What it quotes is not its own.

A report on a standard quotes its list of drafters, the label of a tender and what a firm claims. Nobody "drafted" the
report by that, it buys nothing, and its sentences provide for nothing.
"""

from __future__ import annotations

from clauselight.text.patterns import pattern

#: characters in which a text says what it is
FRONT = 60_000
#: what only a reporter says of the own work; each is two signs by itself
_REPORTER = pattern(
    r"本[报報](?:[记記]者|[讯訊]|综合)|[记記]者(?:[发發][现現]|[获獲]悉|了解到|查[阅閱询詢]|注意到|[调調]查|看到|采[访訪]|向)|"
    r"(?<![根依数证])[据據][^，。\n]{0,14}[报報][道導]|(?:日报|晚报|早报|新闻网|通讯社)(?:讯|消息|报道|[:：])|"
    r"(?i:\b(?:our|this newspaper's) (?:reporters?|correspondent|newspaper|newsroom|magazine)\b|"
    r"\b(?:reporters?|journalists?) (?:found|read|saw|obtained|reviewed|asked|at|from)\b|"
    r"\b(?:told us|told the newspaper|documents (?:seen|reviewed|obtained) by)\b)",
    "记者发现",
    "【本報訊】",
    "Our reporters read DB99/T 0001-2030.",
)
#: other signs, of which one alone may stand anywhere; each form counts once, however often it stands
_SIGNS = (
    pattern(
        r"(?m)^\W*(?i:by) [A-Z]\w+(?: [A-Z]\w*\.?){1,3}(?:,|$)|"
        r"(?:作者|记者|記者|责任编辑|責任編輯)\s*[:：]",
        "By Jane Doe, Example Times",
        "作者：李样本",
    ),
    pattern(
        r"[专專]家(?:表示|[认認][为為]|指出)|人士(?:表示|指出|称)|[发發]言人|(?i:\bspokes(?:man|woman|person)\b|"
        r"\b(?:experts?|critics|activists|campaigners|lawyers) (?:say|said|warn(?:ed)?|fear)\b|\bwe call (?:on|for)\b|"
        r"\bdeclined to comment\b)",
        "专家表示",
        "a spokesman for Seamount said",
    ),
    pattern(
        r"引[发發]关注|引[发發]担忧|令人(?:担忧|不安)|"
        r"(?i:\bhas learned\b|\breports? (?:says?|said)\b|\bleaked\b|\bemphasis added\b|\bwatchdog\b|"
        r"\b(?:the|its) (?:report|study|investigation|preface|document|standard)'?s? "
        r"(?:said|says|found|finds|lists|reads)\b|"
        r"\baccording to (?:the|its) (?:standard|document|preface|foreword|report)|\breads\s*:)",
        "一项标准引发关注",
        "the standard says",
    ),
    pattern(
        r"近日[^。\n]{0,40}标准|(?:一|两|多)项标准|某[市省县]",
        "近日，某市发布地方标准",
    ),
    pattern(
        r"本(?:研究|论文|調查|调查报告)(?!院|所|中心|室)|本文(?!件|档|本|字)|[笔筆]者|"
        r"(?i:\bthis (?:paper|study|investigation|thesis|essay|briefing)\b|"
        r"\bwe (?:stud(?:y|ied)|examined?|interviewed|investigated?|argue|surveyed|review(?:ed)?)\b)",
        "本研究由示例学会发布",
        "we review two standards",
    ),
    pattern(
        r"研究者|(?i:\bresearchers? (?:found|say|said|read)\b|\bhuman rights (?:group|watch|organi))",
        "研究者查阅了两项标准",
        "researchers say",
    ),
    pattern(r"(?im)^\s*摘\s*要\s*[:：\n]|^\W{0,3}abstract\b|^\W{0,3}keywords?\s*[:：—]", "\nAbstract. We study faces."),
    pattern(r"(?i)\bet al\.|\bdoi\s*:|\[\d{1,3}(?:\s*,\s*\d{1,3})+\]|\breferences\s*\n\s*\[1\]", "Doe, J. et al. 2030"),
)
#: what a standard or a tender says of itself, or a firm of its goods: its own words, whoever else is quoted in it
_OWN_WORDS = pattern(
    r"(?:本|木)(?:标准|部分|规范|规程)(?:规定|适用|由|按照|代替|起草|的)|规范性引用文件|ICS\s?\d|"
    r"(?:我司|我公司|本公司|我们的?(?:产品|平台|系统))|投标人须知|投标人(?:应|须|必须)|供应商(?:应|须|必须)|"
    r"(?i:\bnormative references\b|\bthis (?:standard|part|specification|document|recommendation|publication) "
    r"(?:specifies|defines|describes|provides|establishes|was|is|shall)\b|"
    r"\bour (?:platform|products?|cameras?|software|solutions?|systems?|customers)\b|"
    r"\b(?:tenderers|bidders|suppliers|the contractor) (?:shall|must)\b)",
    "本标准由虚构市示例局提出",
    "our cameras",
    "Bidders shall",
)
#: words in marks of quotation: those of somebody else
_QUOTED = pattern(r"“[^”\n]*”|「[^」\n]*」|\"[^\"\n]*\"", "标准前言写道：“本标准由示例局提出。”", 'he said "no"')

#: signs that make a report, and so many more where a text also speaks of itself as something else
ENOUGH, _OUTWEIGHED = 2, 2


def is_report(text: str, enough: int = ENOUGH) -> bool:
    """Whether a text shows at least so many signs that it reports on others.

    Words by which it would be something else outweigh two of them. What it quotes speaks neither for that nor against.
    """
    own = _QUOTED.sub("“”", text[:FRONT])
    reporter = {match.group() for match in _REPORTER.finditer(own)}
    signs = 2 * len(reporter) + sum(sign.search(own) is not None for sign in _SIGNS)
    return signs >= enough + (_OUTWEIGHED if _OWN_WORDS.search(own) else 0)
