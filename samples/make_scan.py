"""Draws the fictional scanned standard of this folder (`DB99T_0001-2030_scan.pdf`).

Needs a font with Chinese characters.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from pages import PAGES, degrade, draw

if __name__ == "__main__":
    faults = {True: "soft+skew1+stamp", False: "soft+skew1"}
    images = [degrade(draw(page, 110), faults[bool(page.table)]).convert("L") for page in PAGES]
    target = Path(__file__).parent / "DB99T_0001-2030_scan.pdf"
    images[0].save(target, "PDF", save_all=True, append_images=images[1:], resolution=110, quality=55)
    print(target, target.stat().st_size)
