# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Latin spellings of letters that Windows-1252 does not have."""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split())
    return {letter: latin for letter, _sign, latin in pairs}


#: Russian, Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian, as most people
#: write them in an e-mail. The signs of softness and hardness are left out.
_CYRILLIC = _pairs(
    """
    а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t
    у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya
    і=i ї=yi є=ye ґ=g ў=u ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ѓ=gj ѕ=dz ќ=kj ѣ=e ѳ=f ѵ=i
    """
)
_GREEK = _pairs(
    """
    α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t
    υ=y φ=f χ=ch ψ=ps ω=o
    """
)
#: Letters with a stroke or of their own kind, which cannot be taken apart.
_LATIN = _pairs("ł=l đ=d ħ=h ı=i ŋ=n ŧ=t ĸ=k ə=e ŀ=l ʼ=' ƶ=z ƙ=k ɓ=b ɗ=d ɛ=e ɔ=o")
#: Signs that have a plain relative.
_SIGNS = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2044": "/",
    "\u2215": "/",
    "\u2032": "'",
    "\u2033": '"',
    "\u201b": "'",
    "\u2190": "<-",
    "\u2192": "->",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2248": "~",
    "\u20bd": "RUB",
    "\u20b4": "UAH",
}


def _with_capitals(letters: dict[str, str]) -> dict[str, str]:
    capitals = {
        letter.upper(): latin.capitalize()
        for letter, latin in letters.items()
        # Of two that share a capital, as σ and ς do, either will do; ß-like ones,
        # whose capital is two letters, have none.
        if len(letter.upper()) == 1
    }
    return {**capitals, **letters}


SPELLINGS: dict[str, str] = {
    **_with_capitals(_LATIN),
    **_with_capitals(_GREEK),
    **_with_capitals(_CYRILLIC),
    **_SIGNS,
}
