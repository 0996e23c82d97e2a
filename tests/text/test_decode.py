"""Old encodings are recognised by their letters."""

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
        ("cp1254", "Sistem kişinin ırkını ve ten rengini tespit etmelidir", "cp1254"),
    ],
)
def test_detect(encoding: str, text: str, name: str) -> None:
    data = text.encode(encoding)
    assert detect(data).name == name
    assert data.decode(detect(data).name).removeprefix("\ufeff") == text


def test_an_encoding_late_in_a_long_file_is_seen() -> None:
    assert detect(b"x = 1;\n" * 30_000 + ZH.encode("gb18030")).name == "gb18030"
