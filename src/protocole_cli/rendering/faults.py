"""Why an answer cannot be given its form, or put where it was wanted: sentences in French, for the person who asked."""


class GabaritFautif(Exception):
    """A template that cannot be used; says which, where and why."""


class NonImprimable(Exception):
    """The data holds signs that a form cannot print; says where, and what to do, in French, a line a sign."""


class NonEcrit(Exception):
    """A file that could not be written; says which and why. What stood there before still does."""
