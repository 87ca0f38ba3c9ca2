"""How the vendored files are made: what is taken out, and that nothing else goes with it."""
from __future__ import annotations

import json
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOL = runpy.run_path(str(ROOT / "tools" / "vendor_assets.py"))


def test_brand_and_unused_rules_go_and_all_others_stay():
    css = (".a{color:red}.govuk-footer__crown,.b{x:y}.govuk-header{z:1}@media print{.moj-header{q:1}}"
           "@media print{.a{b:c}.govuk-footer{d:e}}")
    assert TOOL["trimmed"](css) == ".a{color:red}.b{x:y}@media print{.a{b:c}}"


def test_fonts_and_addresses_are_made_fit_to_serve():
    css = ('@charset "UTF-8";@font-face{font-family:GDS Transport;src:url(/assets/fonts/light-x.woff2)}'
           ".a{font-family:GDS Transport,arial,sans-serif;background:url(/assets/images/tick.svg)}"
           "/*# sourceMappingURL=x.map */")
    assert TOOL["style_sheet"](css) == (
        '@charset "UTF-8";.a{font-family:arial,helvetica,sans-serif;background:url(images/tick.svg)}\n')


def test_the_lock_file_pins_every_package_and_names_no_registry():
    text = (ROOT / "package-lock.json").read_text()
    assert "http" not in text
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert {name.removeprefix("node_modules/"): each["version"] for name, each in packages.items()} == wanted
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
