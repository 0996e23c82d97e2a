"""Languages without rules are told, and no text of a language with rules, no code and no numbers, is taken for one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clauselight.text.language import Languages, shipped
from clauselight.text.unruled import Unruled, known

ROOT = Path(__file__).parents[2]
#: one sentence a language, about a camera that tells people apart and tells the police
SENTENCES = {
    "am": "ካሜራው የሰዎችን ፊት እና ብሔር መለየት አለበት።",
    "bg": "Камерата трябва да разпознава лицето и етноса на хората, които се намират пред нея, и "
    "да ги съобщава на полицията.",
    "bo": "པར་ཆས་ཀྱིས་མི་རིགས་དང་ལོ་ཚོད་ངོས་འཛིན་བྱེད་དགོས།",
    "cs": "Kamera musí rozpoznat obličej a etnický původ osob, které jsou před ní, a hlásit je policii "
    "nebo jinému úřadu.",
    "el": "Η κάμερα πρέπει να αναγνωρίζει το πρόσωπο και την εθνικότητα.",
    "fa": "دوربین باید چهره و قومیت افراد را تشخیص دهد و به پلیس گزارش کند.",
    "he": "המצלמה חייבת לזהות את הפנים ואת המוצא האתני.",
    "hi": "कैमरा व्यक्ति के चेहरे से जाति और धर्म की पहचान करेगा।",
    "id": "Kamera harus mengenali wajah orang serta jenis kelamin, usia, dan suku bangsa, lalu mengirim "
    "peringatan kepada polisi.",
    "it": "La telecamera deve riconoscere il volto delle persone e la loro etnia, e inviare un avviso "
    "alla polizia con la foto.",
    "ja": "カメラは人の顔から性別、年齢と民族を識別し、警察に通報すること。",
    "ka": "კამერამ უნდა ამოიცნოს სახე და ეროვნება.",
    "kk": "Бейнекамера адамның бетін танып, жынысын, жасын және ұлтын анықтап, полицияға дабыл беруі тиіс.",
    "km": "កាមេរ៉ាត្រូវតែស្គាល់មុខនិងជនជាតិ។",
    "ko": "카메라는 얼굴과 민족을 식별해야 한다.",
    "mn": "ᠺᠠᠮᠧᠷᠠ ᠨᠢ ᠬᠦᠮᠦᠨ ᠦ ᠶᠠᠰᠤᠲᠠᠨ ᠢ ᠲᠠᠨᠢᠬᠤ ᠶᠣᠰᠣᠲᠠᠢ",
    "my": "ကင်မရာသည် မျက်နှာနှင့် လူမျိုးကို ခွဲခြားရမည်။",
    "nl": "De camera moet het gezicht en de afkomst van personen herkennen en een melding naar de "
    "politie sturen die ook een foto bevat.",
    "pl": "Kamera musi rozpoznawać twarz oraz pochodzenie osób, które są przed nią, i nie może być "
    "wyłączona przez obsługę.",
    "sw": "Kamera lazima itambue uso na kabila la kila mtu kwa ajili ya polisi, na pia itume picha "
    "yake kwa kituo hicho.",
    "th": "กล้องต้องจำแนกใบหน้าและชาติพันธุ์ของบุคคล",
    "ug": "كامېرا كىشىلەرنىڭ يۈزىنى تونۇپ، جىنسى، يېشى ۋە مىللىتىنى پەرقلەندۈرۈپ، ساقچىغا خەۋەر بېرىشى كېرەك.",
    "uk": "Камера повинна розпізнавати обличчя та етнічну належність осіб і повідомляти поліцію.",
    "ur": "کیمرہ لوگوں کے چہرے اور نسل کی شناخت کرے گا اور پولیس کو بتائے گا۔",
    "uz": "Kamera har bir odamning yuzi va millatini aniqlashi hamda bu haqda politsiyaga xabar "
    "berishi kerak deb belgilangan.",
}  # fmt: skip
RULED = {
    "german words": "Das Gerät erkennt Gesichter und meldet sie an die Wache, wenn eine Person auf der Liste steht.",
    "names": "Van den Berg, Het Parool, De Vries & Zonen BV; Società Esempio S.p.A., Roma; Przykład Sp. z o.o., Łódź",
    "one foreign title": "The report (Il rapporto della commissione) says that the camera shall read the face.",
    "numbers": "0001 0002 0003\n1.25 3.50 7.75\n2031-05-01,12:00,17\n" * 20,
    "formulas": "The angle α and the sum Σ of β_i, with Δ = λ·μ, give σ² as in the table; see φ and ψ.",
    "code": "for (int i = 0; i < n; i++) { if (var.set(i)) { per.add(van[i]); del.me(di, da); } } return min;\n" * 10,
    "chinese with a japanese name": "摄像机应识别人脸的性别、年龄，型号为カメラ，并向平台报警。" * 5,
    "a phrase": "The word 민족 means people.",
    "empty": "",
}


def _told(text: str, languages: Languages | None = None) -> list[str]:
    unruled = Unruled(languages or shipped())
    unruled.add(text)
    return [share.code for share in unruled.shares()]


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_of_a_language_without_rules_is_told(code: str) -> None:
    assert _told(SENTENCES[code]) == [code]


@pytest.mark.parametrize("case", sorted(RULED))
def test_what_is_not_plain_is_nothing(case: str) -> None:
    assert _told(RULED[case]) == []


@pytest.mark.parametrize("language", shipped().each, ids=lambda language: language.code)
def test_a_language_with_rules_is_never_told_as_one_without(language: object) -> None:
    neutral = language.neutral  # type: ignore[attr-defined]
    assert _told(neutral) == []
    assert [s for s in neutral.splitlines() if _told(s)] == []


def test_no_sample_and_no_labelled_clause_is_in_a_language_without_rules() -> None:
    files = [*(ROOT / "benchmarks" / "clauses").rglob("*"), *(ROOT / "samples").rglob("*.md"), *ROOT.glob("*.md")]
    texts = {
        str(f): f.read_text(encoding="utf-8") for f in files if f.is_file() and f.suffix in (".md", ".txt", ".tsv")
    }
    assert {name: told for name, text in texts.items() if (told := _told(text))} == {}


def test_a_page_in_another_language_counts_by_its_letters_and_a_line_does_not() -> None:
    english = "The camera shall be set up at the door, two metres from the wall, and read the face of a person. " * 400
    assert _told(english + SENTENCES["ko"]) == []
    assert _told(english + SENTENCES["ko"] * 100) == ["ko"]


def test_a_pack_of_ones_own_brings_rules_for_its_language() -> None:
    first = shipped().each[0]
    languages = Languages((*shipped().each, replace(first, code="ko", name="Korean"), replace(first, code="it")))
    assert _told(SENTENCES["ko"], languages) == []
    assert _told(SENTENCES["it"], languages) == []
    assert _told(SENTENCES["th"], languages) == ["th"]


def test_every_language_that_is_told_has_a_name() -> None:
    k = known()
    lists = (k.cyrillic_letters, k.arabic_letters, k.latin_letters, k.cyrillic_words, k.latin_words)
    told = {*(codes[0] for codes in k.scripts.values()), *(code for each in lists for code in each)}
    assert told - shipped().codes - k.names.keys() == set()


def test_a_script_of_which_no_language_is_known_is_named_by_its_letters() -> None:
    unruled = Unruled(shipped())
    unruled.add("𞤀𞤣𞤤𞤢𞤥 𞤀𞤣𞤤𞤢𞤥 𞤀𞤣𞤤𞤢𞤥")
    assert [s.name for s in unruled.shares()] == ["a language in Adlam letters"]
