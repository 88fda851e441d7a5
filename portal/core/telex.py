"""Words typed with the Vietnamese keyboard switched off: "nguyeenx" is read as "nguyễn".

Only a word that becomes a possible Vietnamese syllable is changed, so "thomas" and "facebook" stay.
Source of the keys: the Telex convention (aa ee oo dd w s f r x j), tones anywhere after the vowel.
"""

import unicodedata

_ONSET_TABLE = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIME_TABLE = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uâng uân uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên
    uyêt uynh uyp uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
"""
_ONSETS = frozenset(_ONSET_TABLE.split()) | {""}
_RIMES = frozenset(_RIME_TABLE.split())
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = len("nghieengxj")
_STOPPED = ("c", "ch", "p", "t")


def fix_telex(word: str) -> str:
    """The Vietnamese word behind raw Telex keys, in lower case; any other word unchanged."""
    if not (word.isascii() and word.isalpha()) or len(word) > _LONGEST:
        return word
    syllable, tone = _replay(word.lower(), late_hats=False)
    if not _is_syllable(syllable, tone):
        syllable, tone = _replay(word.lower(), late_hats=True)
        if not (tone and _is_syllable(syllable, tone)):  # "data" is no "dât", "nguyenex" is "nguyễn"
            return word
    return word if len(syllable) == len(word) else _place_tone(syllable, tone)


def _replay(keys: str, *, late_hats: bool) -> tuple[str, str]:
    """What a Telex keyboard would have made of these keys: the syllable without tone, and the tone mark."""
    letters: list[str] = []
    tone = ""
    for key in keys:
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key in _TONES and has_vowel and not tone:
            tone = _TONES[key]
        elif not (key == "w" and _add_horn(letters)) and not _add_hat(letters, key, late_hats):
            letters.append(key)
    return "".join(letters), tone


def _add_horn(letters: list[str]) -> bool:
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] not in _HORNS:
            continue
        if letters[place] == "o" and place and letters[place - 1] in "uư" and letters[:1] != ["q"]:
            letters[place - 1] = "ư"
        letters[place] = _HORNS[letters[place]]
        return True
    return False


def _add_hat(letters: list[str], key: str, late_hats: bool) -> bool:
    if key == "d" and letters[:1] == ["d"]:
        letters[0] = "đ"
        return True
    vowels = [place for place, letter in enumerate(letters) if letter in _VOWELS]
    if key not in _HATS or not vowels or letters[vowels[-1]] != key:
        return False
    if vowels[-1] != len(letters) - 1 and not late_hats:
        return False
    letters[vowels[-1]] = _HATS[key]
    return True


def _is_syllable(syllable: str, tone: str) -> bool:
    if syllable.endswith(_STOPPED) and tone not in {"", _TONES["s"], _TONES["j"]}:
        return False
    return any(syllable[:cut] in _ONSETS and syllable[cut:] in _RIMES for cut in range(min(4, len(syllable))))


def _place_tone(syllable: str, tone: str) -> str:
    place = _tone_place(syllable)
    return unicodedata.normalize("NFC", syllable[: place + 1] + tone + syllable[place + 1 :])


def _tone_place(syllable: str) -> int:
    start = 2 if syllable.startswith("qu") or (syllable.startswith("gi") and syllable[2:3] in _VOWELS) else 0
    vowels = [place for place in range(start, len(syllable)) if syllable[place] in _VOWELS]
    marked = [place for place in vowels if syllable[place] in "ăâêôơư"]
    if marked:
        return marked[-1]
    is_closed = syllable[-1] not in _VOWELS
    return vowels[-1] if is_closed or len(vowels) == 1 else vowels[len(vowels) - 2]
