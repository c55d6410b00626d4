"""French typography: spaces become non-breaking where they must, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdown_texts import plenty
from protocole_cli.rendering.typography import FINE, INSECABLE, typographie

# In the examples, « ~ » stands for a no-break space, « ^ » for a narrow one.
EXAMPLES = {
    "colon": ("Engagement de l’État : soutenir", "Engagement de l’État~: soutenir"),
    "semicolon": ("humains ; animer", "humains^; animer"),
    "question and exclamation marks": ("Qui ? Nous !", "Qui^? Nous^!"),
    "quotation marks": ("la « GUSP » locale", "la «~GUSP~» locale"),
    "percent": ("14 % contre 30%", "14~% contre 30%"),
    "euros": ("5 €", "5~€"),
    "thousands at the head": ("10 000 entreprises", "10^000 entreprises"),
    "thousands in a sentence": ("le plan 10 000 entreprises", "le plan 10^000 entreprises"),
    "millions": ("soit 1 250 000 €", "soit 1^250^000~€"),
    "a year, then a number": ("en 2019 100 personnes", "en 2019 100 personnes"),
    "a telephone number": ("03 80 50 35 35", "03 80 50 35 35"),
    "a period": ("2019 - 2022", "2019 - 2022"),
    "a sign at the end": ("à savoir :", "à savoir~:"),
    "several signs": ("Quoi ?!", "Quoi^?!"),
    "a sign without a space": ("enjeux; Note: a", "enjeux; Note: a"),
    "an address": ("https://exemple.fr/?a;b", "https://exemple.fr/?a;b"),
    "no space at all": ("mot", "mot"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("written", "printed"), EXAMPLES.values(), ids=EXAMPLES)
def test_example(written: str, printed: str) -> None:
    assert typographie(written) == printed.replace("~", INSECABLE).replace("^", FINE)


texts = st.text(alphabet=" ;:?!%€«»0123456789abé.,’-\u00a0\u202f\n", max_size=40) | st.text(max_size=40)


@plenty
@given(texts)
def test_only_spaces_change_and_only_to_no_break_ones(text: str) -> None:
    printed = typographie(text)
    assert len(printed) == len(text)
    assert all(new == old or (old == " " and new in (FINE, INSECABLE)) for old, new in zip(text, printed, strict=True))


@plenty
@given(texts)
def test_done_twice_is_done_once(text: str) -> None:
    assert typographie(typographie(text)) == typographie(text)
