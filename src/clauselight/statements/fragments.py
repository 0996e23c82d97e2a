"""Pieces of regular expressions that several readers share, each composed into theirs by name.

A fragment is a string. `A|B|C` has no brackets, so that a reader can add to it; what may stand inside `[…]` says so.
"""

from __future__ import annotations

#: ideographs of the common block, to stand inside `[…]`
HAN = r"\u4e00-\u9fff"
#: the same with the rare ones of extension A
HAN_ALL = r"\u3400-\u9fff"
#: a year that a standard can have been made in
YEAR = r"(?:19|20)\d{2}"

# --- a document that speaks of itself: 本标准, 本部分, `this standard` ---

#: OCR takes 本 (this) for 木 (wood)
THIS_CHAR = "(?:本|木)"
#: what many documents of other kinds call themselves too, and no more
KINDS_COMMON = "标准|部分|文件|规范"
#: every word that a standard has for itself (GB/T 1.1-2020 says 文件; older ones name their kind)
KINDS = f"{KINDS_COMMON}|指南|导则|规程"
THIS = f"{THIS_CHAR}(?:{KINDS})"
KINDS_EN = "standard|document|part|section|specification"

# --- verbs ---

#: OCR takes 由 (by) for its neighbours in shape
BY = "[由山曲田]"
#: to draft; 制定 and 修订 are left to who wants them: a ministry does them too
DRAFT = "起草|编制|编写"
REPLACE = "代替|替代"
#: 应 as an order, and no part of 相应, 响应, 供应, 应用, 应急, …
SHALL = r"(?<![相响对适反供效])应(?![用急答对])"
MUST = "必须|须|不得"

# --- bodies ---

#: what the name of a Chinese body ends in
BODIES = (
    "公司|研究所|研究院|大学|学院|中心|局|厅|部|委员会|委|协会|学会|集团|总队|支队|大队|联盟|科学院|分局|检测所|检验所|"
    "机构|银行|医院|政府|[)）]"
)
#: what a list of drafters calls its members
UNITS_EN = "units?|organi[sz]ations?|entit(?:y|ies)|compan(?:y|ies)"
#: a legal form that ends in a full stop, which ends no sentence
ABBREVIATED = "ltd|inc|corp|co"
#: the same as printed, behind the comma of one name: `Seamount Technology Co., Ltd.`
LEGAL_FORMS = "Ltd|Inc|LLC|Corp|Co"

# --- what stands beside a number ---

#: the title of a standard in its own brackets
TITLE = r"《[^》\n]{2,80}》"
