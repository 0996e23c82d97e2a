"""Each people has its own name, and no other: what is reported is the group whose name stands in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import document

from clauselight.errors import PackError
from clauselight.rules.find import Finder
from clauselight.rules.load import load

#: GB/T 3304-1991: the ids, in the order of the standard, and the names
PEOPLES = {
    "han": "汉族", "mongol": "蒙古族", "hui": "回族", "tibetan": "藏族", "uyghur": "维吾尔族", "miao": "苗族",
    "yi": "彝族", "zhuang": "壮族", "buyei": "布依族", "korean": "朝鲜族", "manchu": "满族", "dong": "侗族",
    "yao": "瑶族", "bai": "白族", "tujia": "土家族", "hani": "哈尼族", "kazakh": "哈萨克族", "dai": "傣族",
    "li": "黎族", "lisu": "傈僳族", "wa": "佤族", "she": "畲族", "gaoshan": "高山族", "lahu": "拉祜族",
    "sui": "水族", "dongxiang": "东乡族", "naxi": "纳西族", "jingpo": "景颇族", "kyrgyz": "柯尔克孜族",
    "monguor": "土族", "daur": "达斡尔族", "mulao": "仫佬族", "qiang": "羌族", "blang": "布朗族",
    "salar": "撒拉族", "maonan": "毛南族", "gelao": "仡佬族", "xibe": "锡伯族", "achang": "阿昌族",
    "pumi": "普米族", "tajik": "塔吉克族", "nu": "怒族", "uzbek": "乌孜别克族", "russian_of_china": "俄罗斯族",
    "evenk": "鄂温克族", "deang": "德昂族", "bonan": "保安族", "yugur": "裕固族", "gin": "京族",
    "tatar": "塔塔尔族", "derung": "独龙族", "oroqen": "鄂伦春族", "nanai": "赫哲族", "monba": "门巴族",
    "lhoba": "珞巴族", "jino": "基诺族",
}  # fmt: skip
FRAMES = ("是否为{}", "{}人员报警", "检索{}人员", "按{}布控", "抓拍到{}人员时推送", "{}、非{}二分类")
SHORT = {"维族": ("uyghur",), "维吾尔": ("uyghur",), "蒙族": ("mongol",), "藏维族": ("tibetan", "uyghur")}


def said(finder: Finder, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.attribute, f.level, f.groups) for f in finder.findings(document([text]))]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("group", "name"), PEOPLES.items())
def test_each_people_is_found_by_its_own_name(finder: Finder, group: str, name: str, frame: str) -> None:
    assert said(finder, frame.format(*[name] * frame.count("{}"))) == [("ethnicity", "finding", (group,))]


ENGLISH = {
    "han": "Han", "mongol": "Mongolian", "hui": "Hui", "tibetan": "Tibetan", "uyghur": "Uyghur", "miao": "Miao",
    "yi": "Yi", "zhuang": "Zhuang", "buyei": "Buyei", "korean": "Korean Chinese", "manchu": "Manchu", "dong": "Dong",
    "yao": "Yao", "bai": "Bai", "tujia": "Tujia", "hani": "Hani", "kazakh": "Kazakh", "dai": "Dai", "li": "Li",
    "lisu": "Lisu", "wa": "Wa", "she": "She", "gaoshan": "Gaoshan", "lahu": "Lahu", "sui": "Sui",
    "dongxiang": "Dongxiang", "naxi": "Naxi", "jingpo": "Jingpo", "kyrgyz": "Kyrgyz", "monguor": "Monguor",
    "daur": "Daur", "mulao": "Mulao", "qiang": "Qiang", "blang": "Blang", "salar": "Salar", "maonan": "Maonan",
    "gelao": "Gelao", "xibe": "Xibe", "achang": "Achang", "pumi": "Pumi", "tajik": "Tajik", "nu": "Nu",
    "uzbek": "Uzbek", "russian_of_china": "Russ", "evenk": "Evenki", "deang": "De'ang", "bonan": "Bonan",
    "yugur": "Yugur", "gin": "Gin", "tatar": "Tatar", "derung": "Derung", "oroqen": "Oroqen", "nanai": "Hezhen",
    "monba": "Monba", "lhoba": "Lhoba", "jino": "Jino",
}  # fmt: skip
ENGLISH_FRAMES = (
    "The camera shall raise an alarm when a {} ethnic minority face is recognised.",
    "The camera shall raise an alarm when a face of {} ethnicity is recognised.",
    "An alert is pushed when a person of the {} minority walks past the camera.",
    "Police cameras flag persons who are ethnic {} and send an alert.",
)
#: `She people` may be two words of a sentence
ENGLISH_PEOPLE_FRAMES = (
    "The operator can search passers-by for {} people.",
    "The camera shall raise an alarm when a {} person is recognised.",
    "The face analysis software classifies each visitor as a {} person or not.",
)


@pytest.mark.parametrize("frame", ENGLISH_FRAMES)
@pytest.mark.parametrize(("group", "name"), ENGLISH.items())
def test_each_people_is_found_by_its_english_name(finder: Finder, group: str, name: str, frame: str) -> None:
    found = {(attribute, level, groups) for attribute, level, groups in said(finder, frame.format(name))}
    assert found == {("ethnicity", "finding", (group,))}


@pytest.mark.parametrize("frame", ENGLISH_PEOPLE_FRAMES)
@pytest.mark.parametrize(("group", "name"), [each for each in ENGLISH.items() if each[0] != "she"])
def test_people_and_persons_of_an_english_name(finder: Finder, group: str, name: str, frame: str) -> None:
    assert said(finder, frame.format(name)) == [("ethnicity", "finding", (group,))]


def test_english_names_stand_alone_in_a_list_of_peoples(finder: Finder) -> None:
    lines = ["Ethnicity of the detected face:", "1 Han", "2 Hui", "3 Yi", "4 Wa", "5 non-Uyghur"]
    found = finder.findings(document(lines))
    assert [f.groups for f in found] == [(), ("han",), ("hui",), ("yi",), ("wa",), ("uyghur",)]


@pytest.mark.parametrize(
    "text",
    [
        "ug,Uyghur",
        "bo,Tibetan",
        '{"kk": "Kazakh", "mn": "Mongolian", "uz": "Uzbek"}',
        "Fonts: Tibetan, Mongolian, Manchu, Lisu",
        "$languages = [ENGLISH, CHINESE, UYGHUR];",
        "define('KAZAKH', 'kazakh');",
        "document.querySelectorAll('.tatar iframe')",
        "public static boolean isMongolian(char c) // block of Unicode",
        "The camera app speaks Kazakh and Uzbek.",
        "Detects Tibetan text and Mongolian script in pictures of the camera.",
        "Mongolian speech recognition for the video recorder",
        "A camera on the Tibetan Plateau watches the weather.",
        "Tibetan Buddhism, Tibetan prayer flags and butter tea: Tibetan tea",
        "many books on Tibetan religion",
        "A detector for Kazakh horses and Tibetan antelopes and the Tibetan mastiff",
        "The Mongolian government bought cameras.",
        "The Mongol Empire and the Manchu dynasty",
        "Uyghur noodles, Tatar sauce and Mongolian barbecue",
        "Dr. Miao Zhuang and Hani Li wrote the detector.",
        "A mechanical Li-ion battery was charged by the camera.",
        "Russian people at the camera",
        "and she people-watches beside the camera",
        "Xinjiang Uyghur Autonomous Region police camera",
        "Sui generis alarm; gin and tonic",
    ],
)
def test_english_names_in_another_sense_name_nobody(finder: Finder, text: str) -> None:
    assert [row for row in said(finder, text) if row[2]] == []


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("name", "groups"), SHORT.items())
def test_short_and_joint_names(finder: Finder, name: str, groups: tuple[str, ...], frame: str) -> None:
    assert said(finder, frame.format(*[name] * frame.count("{}"))) == [("ethnicity", "finding", groups)]


def test_the_codes_are_those_of_the_standard(finder: Finder) -> None:
    own = [group for group in finder.book.groups["people"].each if group.source == "GB/T 3304-1991"]
    codes = {group.id: dict(group.codes) for group in own}
    assert list(codes) == list(PEOPLES)
    assert [each["numeric"] for each in codes.values()] == [f"{number:02}" for number in range(1, 57)]
    assert len({each["alpha"] for each in codes.values()}) == 56
    assert not any(group.codes for group in finder.book.groups["people"].each if group not in own)


@pytest.mark.parametrize("text", ["发现疆籍人员应报警", "检索新疆籍人员", "涉藏人员布控", "涉疆重点人员报警"])
def test_where_people_come_from_names_no_people(finder: Finder, text: str) -> None:
    assert said(finder, text) == [("ethnicity", "finding", ())]


def test_muslims_are_told_by_religion(finder: Finder) -> None:
    assert said(finder, "是否为穆斯林") == [("religion", "finding", ("muslim",))]


@pytest.mark.parametrize(
    "text",
    [
        "检测水族箱的水温",
        "抓拍水族馆的游客",
        "检索收藏族谱",
        "识别本土族群",
        "返回族别",
        "统计充满族裔色彩的作品",
        "导出愤怒族的帖子",
        "统计武汉族谱",
        "是否为薪水族",
        "查询恩施土家族苗族自治州的天气",
        "导出维吾尔语数据",
        "维吾尔族美食报警",
        "运维人员报警",
        "识别藏语",
        # places and what bears their names
        "查询梅里斯达斡尔族区的天气",
        "导出马边彝族自治县名单",
        "抓拍傣族园游客",
        "检测回族镇的水质",
        "识别回族中学的校门",
        "抓拍藏族宾馆门口的车辆",
        "检索白族村的路灯",
        "统计苗族大街的车流",
        "查询藏族医院的监控",
        # works, goods and ways of life
        "检索蒙古族火锅",
        "维吾尔族餐厅抓拍",
        "识别侗族建筑",
        "统计彝族文化节的游客",
        # letters of other words
        "识别出救回族人的画面",
        "检索夺回族谱的人",
        "路怒族报警",
        "恼怒族报警",
        "纤维族报警",
        "嘻哈族识别",
        "统计本土家族企业",
        "检索客满族",
        "抓拍单身汉族",
        "检索美白族",
        "抓拍进京族",
        "单独龙族玩家报警",
        "收藏民间故事检索",
        "珍藏民俗照片统计",
        "西藏维稳报警",
        "宝藏维修统计",
        "运维藏品库统计",
        "富裕固定人群统计",
        # another people
        "检索白俄罗斯族人员",
    ],
)
def test_the_same_letters_in_another_sense_name_nobody(finder: Finder, text: str) -> None:
    assert [row for row in said(finder, text) if row[2]] == []


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("抓拍藏族路人", "tibetan"),
        ("检索回族乡亲人员", "hui"),
        ("检索藏族村民人员", "tibetan"),
        ("抓拍藏族大学生", "tibetan"),
        ("识别藏民", "tibetan"),
        ("识别裕固人员", "yugur"),
        ("识别回族区域人员", "hui"),
        ("导出彝族县民名单", "yi"),
    ],
)
def test_people_of_a_place_are_people(finder: Finder, text: str, group: str) -> None:
    assert {row[2] for row in said(finder, text)} == {(group,)}


def test_several_peoples_are_named_together(finder: Finder) -> None:
    assert said(finder, "检索藏族、回族人员") == [("ethnicity", "finding", ("hui", "tibetan"))]


def test_values_of_a_list_are_the_peoples_named(finder: Finder) -> None:
    lines = ["人脸民族属性分析，取值：", "1 藏族", "2 维吾尔族", "3 其他民族"]
    found = finder.findings(document(lines))
    assert [(f.line, f.groups) for f in found] == [(1, ()), (2, ("tibetan",)), (3, ("uyghur",)), (4, ())]


def problems(folder: Path, text: str, file: str = "groups/mine.yaml") -> list[str]:
    (folder / "groups").mkdir(exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load([folder])
    return [p.removeprefix(f"{folder}/") for p in caught.value.problems]


def test_mistakes_in_a_file_of_groups_are_named(tmp_path: Path) -> None:
    text = (
        "colour: red\ngroups:\n  - {id: harma, names: {zh: [哈马族]}, shade: x}\n"
        "  - {id: lexa, names: {zh: [哈马族, 汉族]}, source: a list}\n  - {names: {zh: [无族]}}\n"
        "  - {id: lexa, source: b, names: {zh: [列族]}, not_in: {zh: ['哈马', '(列族)箱', '列+列族']}}\n"
        "joint:\n  - {groups: [nobody], names: {zh: [两族]}}\n"
    )
    shipped = "gb3304.yaml"
    found = problems(tmp_path, text)
    assert [p.split(", at ")[0] for p in found] == [
        "groups/mine.yaml:1: unknown key 'colour' in a file of groups",
        "groups/mine.yaml:3: unknown key 'shade' in a group",
        "groups/mine.yaml:5: a group needs an `id`",
        "groups/mine.yaml:6: `not_in`: '(列族)箱' has a capture; write (?:…)",
        "groups/mine.yaml:6: `not_in`: '列+列族' cannot stand around 列族: look-behind requires fixed-width pattern",
        "groups/mine.yaml:6: `not_in`: '哈马' holds none of the names",
        "groups/mine.yaml:3: group harma has no `source`",
        "groups/mine.yaml:6: group lexa is described before",
        "groups/mine.yaml:4: 哈马族 is a name of harma already",
        "groups/mine.yaml:4: 汉族 is a name of han already",
        "groups/mine.yaml:8: 两族 names nobody, which is no group",
    ]
    assert [shipped in p for p in found if "汉族" in p] == [True]


def test_a_rule_names_groups_of_its_own_or_those_of_the_text(tmp_path: Path) -> None:
    rule = "rules:\n  - {id: a, attribute: ethnicity, kind: word, gloss: g, groups: [han], patterns: ['x{group}']}\n"
    assert problems(tmp_path, rule, "mine.yaml") == [
        "mine.yaml:2: rule a: `groups` beside {group}; the text says which group it names",
        "mine.yaml:2: rule a: {group}, but no group has a name in mul",
    ]


def test_peoples_of_your_own_are_named_too(tmp_path: Path) -> None:
    (tmp_path / "groups").mkdir()
    text = "groups:\n  - {id: harma, names: {zh: [哈马族]}, source: an invented list}\n"
    (tmp_path / "groups" / "mine.yaml").write_text(text, encoding="utf-8")
    book = load([tmp_path])
    assert said(Finder(book), "是否为哈马族") == [("ethnicity", "finding", ("harma",))]
    assert book.digest != load().digest
