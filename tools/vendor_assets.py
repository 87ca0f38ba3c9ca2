"""Makes goldthread/web/static/vendor from the two npm packages that package.json pins.

    npm ci && python tools/vendor_assets.py

Takes only what pages need, and takes out what may not be used outside GOV.UK: the typeface, the arms, the share
pictures, the rules for GOV.UK's own header and footer. The result is committed: nobody needs Node to run the service.
"""
from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "goldthread" / "web" / "static" / "vendor"
LICENCES = ROOT / "tools" / "licences"
FONT = "arial,helvetica,sans-serif"
# Brand, or a component that no page uses; a rule goes when every one of its selectors names one of these.
UNUSED = re.compile(
    r"crown|crest|logotype|govuk-footer|\.govuk-header|govuk-cookie-banner|govuk-accordion|govuk-tabs|"
    r"govuk-language-navigation|govuk-feedback|moj-header|moj-primary-navigation|moj-organisation-nav|moj-cookie-banner|"
    r"moj-rich-text-editor|moj-search|moj-task-list|moj-progress-bar|moj-ticket-panel|moj-multi-file-upload|"
    r"moj-pagination|moj-password-reveal|moj-banner|moj-message|moj-scrollable-pane|moj-side-navigation|moj-label|"
    r"moj-interruption-card|moj-alert|moj-action-bar|moj-multi-select|moj-add-another|moj-identity-bar")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
SOURCE_MAP = re.compile(r"/[/*]# sourceMappingURL=[^\n]*")
ASSET = re.compile(r"url\(/assets/images/([^)]+)\)")


@dataclass(frozen=True)
class Package:
    """One npm package: `source` holds its compiled files `name`.min.css and (where used) `name`.min.js."""

    name: str
    source: Path
    script: bool


PACKAGES = (
    Package("govuk-frontend", ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk", script=True),
    Package("moj-frontend", ROOT / "node_modules" / "@ministryofjustice" / "frontend" / "moj", script=True),
)


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Top-level pieces of minified CSS as (selector or at-rule, body); statements such as @charset have no body."""
    at = 0
    while at < len(css):
        brace, semicolon = css.find("{", at), css.find(";", at)
        if brace < 0:
            return
        if css[at] == "@" and 0 <= semicolon < brace:
            yield css[at:semicolon + 1], ""
            at = semicolon + 1
            continue
        depth, end = 1, brace + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[at:brace], css[brace + 1:end - 1]
        at = end


def trimmed(css: str) -> str:
    """The style sheet without rules that only serve brand or unused components."""
    kept = []
    for head, body in rules(css):
        if head.startswith(("@media", "@supports")):
            inner = trimmed(body)
            kept.append(f"{head}{{{inner}}}" if inner else "")
        elif head.endswith(";"):
            kept.append(head)
        elif not all(UNUSED.search(selector) for selector in head.split(",")):
            wanted = ",".join(selector for selector in head.split(",") if not UNUSED.search(selector))
            kept.append(f"{wanted}{{{body}}}")
    return "".join(kept)


def style_sheet(css: str) -> str:
    """Compiled CSS made fit to serve: no typeface, no brand, pictures found beside the style sheet."""
    css = SOURCE_MAP.sub("", FONT_FACE.sub("", css)).strip()
    css = css.replace("GDS Transport,arial,sans-serif", FONT)
    return ASSET.sub(r"url(images/\1)", trimmed(css)) + "\n"


def vendor(package: Package) -> None:
    """Write one package's folder anew. Raises FileNotFoundError when `npm ci` has not been run."""
    folder = TARGET / package.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    css = style_sheet((package.source / f"{package.name}.min.css").read_text())
    (folder / f"{package.name}.min.css").write_text(css)
    if package.script:
        script = SOURCE_MAP.sub("", (package.source / f"{package.name}.min.js").read_text()).strip()
        (folder / f"{package.name}.min.js").write_text(script + "\n")
    for picture in sorted(set(re.findall(r"url\(images/([^)]+)\)", css))):
        (folder / "images").mkdir(exist_ok=True)
        shutil.copyfile(package.source / "assets" / "images" / picture, folder / "images" / picture)
    shutil.copyfile(LICENCES / f"{package.name}.txt", folder / "LICENCE.txt")


if __name__ == "__main__":
    for each in PACKAGES:
        vendor(each)
