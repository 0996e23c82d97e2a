"""Old encodings are recognised by their letters."""

import codecs

import pytest

from clauselight.text.decode import detect

ZH = "本系统应支持人脸识别，并能按性别、年龄和民族进行检索。"
TW = "本系統應支援人臉辨識，並能依性別、年齡與民族進行檢索。"
RU = "Система распознавания лиц должна определять расу и цвет кожи человека."


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("utf-8", ZH, "utf-8"),
        ("utf-8-sig", ZH, "utf-8-sig"),
        ("utf-16", ZH, "utf-16"),
        ("utf-16-le", "race of person", "utf-16-le"),
        ("gb18030", ZH, "gb18030"),
        ("big5", TW, "big5"),
        ("koi8-r", RU, "koi8-r"),
        ("cp1251", RU, "cp1251"),
        ("cp1252", "La couleur de la peau est détectée, né à Paris, très bien", "cp1252"),
        ("cp1256", "نظام التعرف على الوجه يحدد العرق ولون البشرة", "cp1256"),
        ("utf-16-le", ZH, "utf-16-le"),
        ("utf-16-be", RU, "utf-16-be"),
        ("hz", ZH.replace("，", ", "), "hz"),
        ("iso2022_jp_2", "顔の人種を識別する", "iso2022_jp_2"),
        ("cp1254", "Sistem kişinin ırkını ve ten rengini tespit etmelidir", "cp1254"),
    ],
)
def test_detect(encoding: str, text: str, name: str) -> None:
    data = text.encode(encoding)
    assert detect(data).name == name
    assert data.decode(detect(data).name).removeprefix("\ufeff") == text


def test_an_encoding_late_in_a_long_file_is_seen() -> None:
    assert detect(b"x = 1;\n" * 30_000 + ZH.encode("gb18030")).name == "gb18030"


def test_lines_of_two_encodings_are_each_read_by_their_own() -> None:
    data = f"{ZH}\n".encode() * 3 + f"{ZH}\n".encode("gb18030")
    name = detect(data).name
    assert name == "utf-8+gb18030"
    assert data.decode(name) == f"{ZH}\n" * 4
    decoder = codecs.getincrementaldecoder(name)()
    pieces = [decoder.decode(data[at : at + 7], final=at + 7 >= len(data)) for at in range(0, len(data), 7)]
    assert "".join(pieces) == f"{ZH}\n" * 4


def test_damaged_bytes_make_no_other_encoding_of_the_rest() -> None:
    assert detect(f"{ZH}\n".encode() * 3 + b"\xe9\n").name == "utf-8"
    assert detect(("联通\n" * 3 + ZH).encode("gb18030")).name == "gb18030"


def test_utf7_is_told_by_its_mark_alone() -> None:
    assert detect(b"+/v8-" + ZH.encode("utf-7")).name == "utf-7"
    assert detect(ZH.encode("utf-7")).name == "utf-8"
    assert detect(b"a ~{ b ~} c ~{x~}").name == "utf-8"
