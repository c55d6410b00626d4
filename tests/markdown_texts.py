"""Texts rich in what means something to Markdown, for the properties that hold of any text."""

from hypothesis import settings
from hypothesis import strategies as st

WORDS = ("mot", "l’État", "Les villes", "À", "é", "12", "2019", "a", "QPV/QVA", "nom_de_fichier")
BLANKS = (" ", "  ", "   ", "    ", "\n", "\n\n", "  \n", "\t", "\u00a0", "\u202f")
MARKS = (
    *"\\`*_{}[]()<>#+-=.!|~:;,\"'^&@/?$",
    "- ", "* ", "+ ", "1. ", "2. ", "2) ", "10. ", "0.", "# ", "## ", "> ", "**", "__", "***", "---", "===", "```", "~~~",
    "[^1]", "[^1]: ", "[^note]", "](", "]: ", "](https://x.fr)", "](http://x.fr)", "![", "<b>", "<!--", "-->", "<a@b.fr>",
    "<https://x.fr>", "https://x.fr", "www.x.fr", "a@b.fr", "&amp;", "&#42;", "|---|", "« ", " »", "…", "–", "- - -",
    "* * *", "_ _ _", ":-", "-:", "\n- ", "\n  ", "\n\n- ", "\n1. ", "\n## ",
)  # fmt: skip
BREAKS = (" ", "\n", "  \n", "\n\n", "\n  ")

markdown = st.lists(st.sampled_from(WORDS + BLANKS + MARKS), max_size=14).map("".join) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=40
)
"""Any text that a file may hold; its tabs and odd spaces are such as a quoted YAML scalar may hold."""

respaced = st.lists(
    st.tuples(st.sampled_from(WORDS + MARKS), st.sampled_from(BREAKS), st.sampled_from(BREAKS)), max_size=8
).map(lambda parts: ("".join(word + one for word, one, _ in parts), "".join(word + two for word, _, two in parts)))
"""The same words and marks twice, with other blanks and line breaks between them."""

plenty = settings(max_examples=500)
"""Enough examples for marks to meet."""
