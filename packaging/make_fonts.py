"""Make the bundled typefaces: variable web fonts in, small static TrueType files out.

Newsreader and Inter are published as one variable font per script. Qt shapes a static font
faster than a variable one, picks its weight reliably on every platform, and sees one family
only when a style is one file; so each style is cut out of the variable fonts, its scripts are
merged, and hints and rarely used alternates are dropped.

    python packaging/make_fonts.py            fetches both packages with `npm pack`
    python packaging/make_fonts.py FOLDER     uses the unpacked packages in FOLDER

Needs fonttools[woff]. Run it only when the typefaces change: the result is in the repository.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"
PACKAGES = {"newsreader": "@fontsource-variable/newsreader", "inter": "@fontsource-variable/inter"}
SCRIPTS = {
    "newsreader": ("latin", "latin-ext", "vietnamese"),
    "inter": ("latin", "latin-ext", "vietnamese", "cyrillic", "greek"),
}
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "tnum", "lnum", "case"]


@dataclass(frozen=True)
class Style:
    source: str  # newsreader or inter
    family: str
    name: str
    weight: int
    optical_size: float
    italic: bool = False

    @property
    def file(self) -> str:
        return f"{self.family}-{self.name}.ttf".replace(" ", "")


STYLES = (
    Style("newsreader", "Newsreader", "Regular", 400, 16),
    Style("newsreader", "Newsreader", "Medium", 500, 16),
    Style("newsreader", "Newsreader", "SemiBold", 600, 16),
    Style("newsreader", "Newsreader", "Italic", 400, 16, italic=True),
    Style("newsreader", "Newsreader", "SemiBold Italic", 600, 16, italic=True),
    Style("newsreader", "Newsreader Display", "Medium", 500, 40),
    Style("inter", "Inter", "Regular", 400, 14),
    Style("inter", "Inter", "Medium", 500, 14),
    Style("inter", "Inter", "SemiBold", 600, 14),
)


def fetch_packages(into: Path) -> None:
    """Download both packages and unpack them under `into`."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the typefaces; or name a folder that holds them unpacked.")
    subprocess.run([npm, "pack", "--silent", *PACKAGES.values()], cwd=into, check=True)
    for archive in into.glob("*.tgz"):
        with tarfile.open(archive) as tar:
            tar.extractall(into / archive.stem, filter="data")


def find_package(folder: Path, source: str) -> Path:
    found = sorted(folder.glob(f"*{source}*/package"))
    if not found:
        sys.exit(f"No {PACKAGES[source]} in {folder}.")
    return found[-1]


def cut(style: Style, package: Path, work: Path) -> Path:
    """One static file with every script of the style."""
    slant = "italic" if style.italic else "normal"
    parts = []
    for script in SCRIPTS[style.source]:
        font = TTFont(package / "files" / f"{style.source}-{script}-opsz-{slant}.woff2")
        font.flavor = None
        instancer.instantiateVariableFont(
            font, {"opsz": style.optical_size, "wght": style.weight}, inplace=True, overlap=True
        )
        for table in ("STAT", "DSIG", "MVAR", "HVAR", "meta"):
            if table in font:
                del font[table]
        thin_out(font)
        part = work / f"{style.file}.{script}.ttf"
        font.save(part)
        parts.append(str(part))
    whole = merge.Merger(merge.Options()).merge(parts)
    rename(whole, style)
    target = OUT / style.file
    whole.save(target)
    return target


def thin_out(font: TTFont) -> None:
    """Drop hints, glyph names and alternates nothing asks for."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.legacy_kern = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap().keys())
    subsetter.subset(font)


def rename(font: TTFont, style: Style) -> None:
    """Names by which every platform files the style under one family.

    The old pair (1, 2) knows four styles only; the typographic pair (16, 17) names the rest.
    """
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    old_styles = {"Regular", "Bold", "Italic", "Bold Italic"}
    old_family, old_style = style.family, style.name
    if style.name not in old_styles:
        old_style = "Italic" if style.italic else "Regular"
        old_family = f"{style.family} {style.name.replace(' Italic', '')}"
    values = {
        1: old_family,
        2: old_style,
        3: f"{style.family} {style.name} for Broadsheet",
        4: f"{style.family} {style.name}",
        6: style.file.removesuffix(".ttf"),
        16: style.family,
        17: style.name,
    }
    for name_id, value in values.items():
        names.setName(value, name_id, 3, 1, 0x409)
    head, os2 = font["head"], font["OS/2"]
    os2.usWeightClass = style.weight
    selection = os2.fsSelection & ~0b1100001  # italic, bold, regular
    if style.italic:
        selection |= 1
        head.macStyle = 2
    else:
        head.macStyle = 0
        selection |= 0x40 if style.weight == 400 else 0
    os2.fsSelection = selection


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else work
        if folder == work:
            fetch_packages(work)
        for style in STYLES:
            made = cut(style, find_package(folder, style.source), work)
            print(f"{made.name:40} {made.stat().st_size / 1000:7.1f} kB")
        for source in PACKAGES:
            licence = find_package(folder, source) / "LICENSE"
            shutil.copy(licence, OUT / f"OFL-{source.capitalize()}.txt")


if __name__ == "__main__":
    main()
