"""Draws fictional standard pages as a scanner would see them.

Text and ruled tables, then noise, skew, JPEG, stamps, watermarks.

Everything in them is invented: DB99/T 0001-2030 and its like do not exist, nor do the firms named.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
WIDTH, HEIGHT = 595, 842  # A4 in points


def font_file() -> str:
    """A font with Chinese characters, or an error that says what to install."""
    found = next((f for f in FONTS if Path(f).exists()), None)
    if found is None:
        raise SystemExit("no font with Chinese characters: install fonts-noto-cjk")
    return found


@dataclass(frozen=True)
class Page:
    """Lines (or a table) of one page, and the texts in it that must be found."""

    title: str
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    planted: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()


def draw(page: Page, dpi: int) -> Image.Image:
    """The page in grey on white."""
    k = dpi / 72
    image = Image.new("RGB", (int(WIDTH * k), int(HEIGHT * k)), (252, 252, 250))
    pen = ImageDraw.Draw(image)
    small, body, head = (ImageFont.truetype(font_file(), int(size * k)) for size in (9.5, 10.5, 13))
    pen.text((430 * k, 40 * k), "DB99/T 0001-2030", font=small, fill=20)
    pen.text((70 * k, 72 * k), page.title, font=head, fill=20)
    y = 110.0
    for line in page.lines:
        for piece in _wrapped(line, body, 455 * k):
            pen.text((70 * k, y * k), piece, font=body, fill=25)
            y += 19
        y += 3
    if page.table:
        _table(pen, page, y + 6, k, small)
    return image


def _wrapped(line: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    out, current = [], ""
    for char in line:
        if font.getlength(current + char) > width and char not in "，。、；：）":
            out.append(current)
            current = ""
        current += char
    return [*out, current]


def _table(pen: ImageDraw.ImageDraw, page: Page, top: float, k: float, font: ImageFont.FreeTypeFont) -> None:
    widths = page.widths or tuple(455 / len(page.table[0]) for _ in page.table[0])
    height = 22.0
    for r, row in enumerate(page.table):
        x = 70.0
        for c, cell in enumerate(row):
            box = (x * k, (top + r * height) * k, (x + widths[c]) * k, (top + (r + 1) * height) * k)
            pen.rectangle(box, outline=(30, 30, 30), width=max(1, int(0.7 * k)))
            pen.text(((x + 5) * k, (top + r * height + 5) * k), cell, font=font, fill=25)
            x += widths[c]


def degrade(image: Image.Image, kind: str, seed: int = 7) -> Image.Image:
    """One way in which a scan is worse than the page; several are joined by ``+``."""
    for one in kind.split("+"):
        image = _DEGRADE[one](image, random.Random(seed))
    return image


def _noise(image: Image.Image, rng: random.Random) -> Image.Image:
    pixels = np.asarray(image).astype(np.int16)
    generator = np.random.default_rng(rng.randrange(1 << 30))
    return Image.fromarray(np.clip(pixels + generator.normal(0, 22, pixels.shape), 0, 255).astype(np.uint8))


def _skew(degrees: float):  # type: ignore[no-untyped-def]
    def turn(image: Image.Image, rng: random.Random) -> Image.Image:
        return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(250, 250, 248))

    return turn


def _jpeg(image: Image.Image, rng: random.Random) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=30)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def _stamp(image: Image.Image, rng: random.Random) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    w, h = image.size
    r, x, y = w * 0.11, w * 0.62, h * 0.3
    pen.ellipse((x - r, y - r, x + r, y + r), outline=(200, 30, 30, 150), width=int(w * 0.006))
    font = ImageFont.truetype(font_file(), int(w * 0.028))
    pen.text((x - r * 0.7, y - r * 0.2), "样章专用章", font=font, fill=(200, 30, 30, 150))
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _watermark(image: Image.Image, rng: random.Random) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    font = ImageFont.truetype(font_file(), image.size[0] // 16)
    for i in range(4):
        pen.text(
            (image.size[0] * 0.12, image.size[1] * (0.15 + 0.22 * i)),
            "样本 SAMPLE 样本",
            font=font,
            fill=(120, 120, 120, 60),
        )
    return Image.alpha_composite(image.convert("RGBA"), layer.rotate(20)).convert("RGB")


def _soft(image: Image.Image, rng: random.Random) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(image.size[0] / 1700))


_DEGRADE = {
    "clean": lambda image, rng: image, "noise": _noise, "skew1": _skew(1.2), "skew3": _skew(-3.0), "jpeg30": _jpeg,
    "stamp": _stamp, "watermark": _watermark, "soft": _soft,
    "turned": lambda image, rng: image.rotate(90, expand=True), "upside": lambda image, rng: image.rotate(180),
}  # fmt: skip

PAGES = (
    Page(
        "5 人像分析要求",
        (
            "5.1 系统应支持人脸检测与抓拍，抓拍率不低于百分之九十五。",
            "5.2 前端摄像机应能识别人员的性别、年龄段、民族和是否佩戴口罩，并输出置信度。",
            "5.3 平台应支持按姓名、衣着颜色、肤色对抓拍记录进行检索。",
            "5.4 系统的可靠性应符合相关标准的规定，平均无故障时间不小于一万小时。",
            "5.5 发现涉疆人员时应自动报警，并向值班终端推送抓拍图像。",
            "5.6 视频存储时间不应少于九十天，录像应能按时间检索。",
        ),
        planted=("识别人员的性别、年龄段、民族", "肤色对抓拍记录进行检索", "涉疆人员时应自动报警"),
    ),
    Page(
        "附录 A（规范性）人员对象属性",
        ("表 A.1 规定了人员对象的属性。",),
        (
            ("序号", "标识符", "名称", "类型", "必选/可选"),
            ("1", "PersonID", "人员标识", "string(48)", "必选"),
            ("2", "GenderCode", "性别代码", "string(1)", "可选"),
            ("3", "EthicCode", "民族代码", "string(2)", "可选"),
            ("4", "SkinColor", "肤色", "string(1)", "可选"),
            ("5", "HairStyle", "发型", "string(2)", "可选"),
            ("6", "CoatColor", "上衣颜色", "string(2)", "可选"),
        ),
        ("EthicCode", "SkinColor"),
        (45, 130, 110, 100, 70),
    ),
    Page(
        "6 车辆与环境",
        (
            "6.1 车辆属性包括车身颜色、车牌号码和车型，车身颜色分为白色、黑色、黄色和棕色。",
            "6.2 设备应在零下二十摄氏度至五十五摄氏度的环境中正常工作。",
            "6.3 本文件起草单位：虚构市视频技术研究所、例城示例科技有限公司。",
            "6.4 系统应采用国家密码管理部门认可的算法对图像进行加密。",
            "6.5 运维人员应每月检查一次摄像机的供电与网络。",
        ),
    ),
    Page(
        "7 人脸库与代码",
        (
            "7.1 人脸库应支持分级管理，授权用户可导出统计报表。",
            "7.2 人种代码见表 3，人脸分析结果宜包含该代码。",
            "7.3 门禁终端不得存储访客的宗教信仰。",
        ),
        (("代码", "人种"), ("1", "黄种人"), ("2", "白种人"), ("3", "黑种人"), ("9", "其他")),
        ("人种代码见表", "代码人种", "黄种人", "白种人", "黑种人"),
        (80, 160),
    ),
)
