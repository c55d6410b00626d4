"""Characters that deceive: none escapes the quick scan, and ordinary French is never suspected."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from protocole_cli.loading.deceptive import deceptions, may_deceive
from protocole_cli.loading.strict_yaml import parse
from protocole_cli.loading.yaml_faults import MOST


def signs(text: str) -> list[str]:
    """Return the characters of a text that deceive."""
    return [signe for _, signe, _, _ in deceptions(text)]


@pytest.mark.parametrize(
    "text",
    [
        "L’Œuvre de l’été : « où ? », n° 1 – 10\u202f000\u00a0€… ½ • ‘x’ “y” ² ³ µm ŸÆŒœæÿ",
        "anti\u00adconstitutionnel, semi-remorque, non\u2011lieu",
        "Cre\u0301er, E\u0301tat, c\u0327a",
        "rue Россия, Αθήνα, α, χ², Δt, 5 kΩ, 3 μm",
        "1ᵉʳ, Mᵐᵉ, H₂O, m²",
        "👩\u200d🔧 ❤\ufe0f 🇫🇷 👍🏽",
        "日本語, العربية, עברית",
    ],
)
def test_ordinary_texts_are_not_suspected(text: str) -> None:
    assert signs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((f"mot{chr(code)}", chr(code)) for code in (0x61C, *range(0x200B, 0x200D), 0x200E, 0x200F, *range(0x202A, 0x202F))),
        *((f"mot{chr(code)}", chr(code)) for code in (*range(0x2060, 0x2070), 0x034F, 0x115F, 0x180E, 0x2800, 0x3164, 0xFFA0)),
        ("mo\u200dt", "\u200d"),
        ("\U000e0041", "\U000e0041"),
        ("Étаt", "а"),
        ("Εtat", "Ε"),
        ("ЕТАТ", "Е"),
        ("ｅtat", "ｅ"),
        ("𝓮tat", "𝓮"),
        ("étatж", "ж"),
    ],
)  # fmt: skip
def test_what_deceives_is_found(text: str, expected: str) -> None:
    assert signs(text) == [expected]
    assert may_deceive(text.encode())


SUSPECT = st.text(
    st.sampled_from("aé ’\u200b\u200d\u202e\u2066\u061c\u2800\uffa0\U000e0041аЕΟжα𝐀ｅ👩.\u0301")
    | st.characters(exclude_categories=["Cs"])
)


@settings(max_examples=300)
@given(SUSPECT)
@example("\u2010\u2019\u202f\u2039")
def test_the_quick_scan_misses_nothing(text: str) -> None:
    if signs(text):
        assert may_deceive(text.encode())


def test_french_signs_do_not_slow_the_scan() -> None:
    """Files without any other sign, and that is nearly all, are scanned no further."""
    assert not may_deceive(
        "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŒÆŸàâäçèéêëîïôöùûüœæÿ« » ’ – — … • € “ ” ‘ \u00a0\u202f\u00ad ° ½ ² µ".encode()
    )


def test_a_file_full_of_them_is_told_of_the_first_ones() -> None:
    assert len(parse("essai.yaml", ("a: " + "mot\u200b " * 10_000 + "\n").encode()).suspects) == MOST
