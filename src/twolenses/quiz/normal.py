"""When two typed words are the same. `marking.js` follows the same steps in the same order; vectors hold both together.

1. Apostrophes become ', quotation marks ", dashes and the minus -; soft hyphens and zero-width characters go.
2. NFKC.
3. Lower case, ß as ss, ς as σ: what case folding does in the languages of the course.
4. Unless strict: marks above and below letters go (ë is e, č is c), and so do the strokes of đ, ł, ø and the dot
   that ı has not.
5. White space becomes one space.
6. Punctuation, quotation marks, brackets and spaces around the whole go.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["normal"]

_PLAIN = str.maketrans(
    dict.fromkeys("’‘‚‛ʼ′`´ʹ‹›", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_FOLDED = str.maketrans({"ß": "ss", "ς": "σ"})
_STROKES = str.maketrans("đłøı", "dloi")
_SPACE = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_AROUND = "\"'.,;:!?¿¡()[]{}<>*_- "


def normal(text: str, *, strict: bool = False) -> str:
    """The text as it is compared.

    >>> normal(" “Donika  GËRVALLA–Schwarz”. ")
    'donika gervalla-schwarz'
    >>> normal("Gërvalla", strict=True)
    'gërvalla'
    """
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).lower().translate(_FOLDED)
    if not strict:
        bare = "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn")
        text = unicodedata.normalize("NFC", bare).translate(_STROKES)
    return _SPACE.sub(" ", text).strip(_AROUND)
