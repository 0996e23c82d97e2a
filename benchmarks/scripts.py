"""Fictional pages in each script, drawn as a scanner would see them, and how many of their characters are read right.

Everything in them is invented. Character error: insertions, deletions and changes by the characters of the truth, after
white space is made one blank.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
CJK = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


@dataclass(frozen=True)
class Sheet:
    """A page of lines in one script."""

    name: str
    fonts: tuple[str, ...]
    lines: tuple[str, ...]
    right_to_left: bool = False


SHEETS = (
    Sheet(
        "Chinese",
        (CJK,),
        (
            "附录二 技术要求",
            "5.1 虚构市的视频系统应从人脸图像中识别人员的性别、年龄和民族。",
            "5.2 系统不得识别宗教信仰和健康状况。",
            "5.3 录像保存时间不少于30天。供应商：虚构系统有限公司。",
            "6.1 设备应在零下二十摄氏度的环境中连续工作七十二小时。",
        ),
    ),
    Sheet(
        "English",
        (SERIF, SANS),
        (
            "Annex 2: Technical requirements",
            "5.1 The video system of the town of Madeup shall determine the sex,",
            "age and ethnicity of a person from an image of the face.",
            "5.2 The system shall not determine religion or state of health.",
            "5.3 Records are kept for at least 30 days. Supplier: Invented Systems Ltd.",
        ),
    ),
    Sheet(
        "Latin with marks (de, fr, es, pt, tr)",
        (SERIF, SANS),
        (
            "5.1 Die Kameras müssen die ethnische Zugehörigkeit der Person erkennen.",
            "5.2 Le système doit déterminer l'origine ethnique à partir du visage.",
            "5.3 El sistema deberá señalar la etnia y el color de la piel del niño.",
            "5.4 A câmera não deverá determinar a religião nem a condição de saúde.",
            "5.5 Sistem kişinin etnik kökenini ve ırkını yüz görüntüsünden belirlemelidir.",
        ),
    ),
    Sheet(
        "Russian",
        (SERIF, SANS),
        (
            "Приложение № 2 к техническому заданию",
            "5.1 Система видеонаблюдения города Верхнеозёрска должна определять",
            "пол, возраст и национальность человека по изображению лица.",
            "5.2 Система не должна определять вероисповедание и состояние здоровья.",
            "5.3 Хранение записей: не менее 30 суток. Поставщик: ООО «Вымышленные».",
        ),
    ),
    Sheet(
        "Vietnamese",
        (SERIF, SANS),
        (
            "Phụ lục 2: Yêu cầu kỹ thuật",
            "5.1 Hệ thống camera của thành phố Tưởng Tượng phải nhận dạng giới tính,",
            "độ tuổi và dân tộc của người trong ảnh.",
            "5.2 Hệ thống không được nhận dạng tôn giáo và tình trạng sức khỏe.",
            "5.3 Lưu trữ dữ liệu ít nhất 30 ngày. Nhà cung cấp: Công ty Hư Cấu.",
        ),
    ),
    Sheet(
        "Arabic",
        (SANS,),
        (
            "الملحق رقم 2: المتطلبات الفنية",
            "يجب أن يحدد نظام المراقبة جنس الشخص وعمره وأصله العرقي من صورة الوجه.",
            "لا يجوز للنظام تحديد الدين أو الحالة الصحية.",
            "مدة الحفظ لا تقل عن 30 يوما. المورد: شركة الأنظمة الخيالية.",
            "يجب أن تعمل الأجهزة في درجة حرارة عشرين تحت الصفر.",
        ),
        right_to_left=True,
    ),
    Sheet(
        "Chinese with Russian",
        (CJK,),
        (
            "附录二 技术要求",
            "5.1 虚构市的视频系统应从人脸图像中识别人员的性别、年龄和民族。",
            "Система не должна определять вероисповедание и состояние здоровья.",
            "Хранение записей: не менее тридцати суток со дня записи.",
            "5.3 录像保存时间不少于30天。供应商：虚构系统有限公司。",
        ),
    ),
)


def can_be_drawn(sheet: Sheet) -> bool:
    """Whether its fonts are here, and for Arabic what joins its letters."""
    return all(Path(font).exists() for font in sheet.fonts) and (not sheet.right_to_left or features.check("raqm"))


def draw_sheet(sheet: Sheet, font: str, dpi: int) -> Image.Image:
    """The sheet as A4 in grey on white, 11 points high."""
    k = dpi / 72
    image = Image.new("RGB", (int(595 * k), int(842 * k)), (252, 252, 250))
    pen = ImageDraw.Draw(image)
    face = ImageFont.truetype(font, int(11 * k))
    for index, line in enumerate(sheet.lines):
        place = (530 if sheet.right_to_left else 65, 80 + 24 * index)
        anchor, direction = ("ra", "rtl") if sheet.right_to_left else ("la", None)
        pen.text((place[0] * k, place[1] * k), line, font=face, fill=25, anchor=anchor, direction=direction)
    return image


def plain(text: str) -> str:
    """A text as it is compared. Beside Chinese characters blanks are layout."""
    one = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])", "", one)


def errors(truth: str, got: str) -> int:
    """Insertions, deletions and changes that make `got` of `truth`."""
    row = list(range(len(got) + 1))
    for i, a in enumerate(truth, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(got, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
