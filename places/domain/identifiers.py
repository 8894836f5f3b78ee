"""Numbers and codes of the field: each in its one written form, or an error that says what to do."""

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from .french import NBSP
from .text import tidy


class IdentifierError(ValueError):
    """Not such a code; the message is a short sentence in French for the person who typed it."""


# -- Where -------------------------------------------------------------------------------------------

_POSTCODE = re.compile(r"(0[1-9]|[1-8]\d|9[0-5]|97[1-8]|98[4678])\d+", re.ASCII)
_INSEE = re.compile(r"([013-9]\d|2[AB1-9])\d{3}", re.ASCII)  # national standard v1.0.2, field code_insee
_QPV = re.compile(r"QN(\d{3}|02[AB])\d{2}[A-Z]|QP(\d{3}|02[AB])\d{3}", re.ASCII)

_MAINLAND = "Europe/Paris"
_CLOCKS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def postcode(raw: str | int | float) -> str:
    """Five digits; a zero that a spreadsheet ate, a ".0" that it added are mended. Raises IdentifierError."""
    digits = _digits_of_number(raw)
    digits = digits.zfill(5) if len(digits) == 4 else digits
    if len(digits) != 5 or not _POSTCODE.fullmatch(digits):
        raise IdentifierError("Un code postal a cinq chiffres, par exemple 29200.")
    return digits


def insee_code(raw: str | int | float) -> str:
    """Five characters, as "29019" or "2A004"; a lost zero is mended. Raises IdentifierError."""
    code = re.sub(r"\s", "", str(raw)).removesuffix(".0").upper()
    code = code.zfill(5) if len(code) == 4 and code.isascii() and code.isdigit() else code
    if not _INSEE.fullmatch(code):
        raise IdentifierError("Un code Insee a cinq caractères, par exemple 29019.")
    return code


def qpv_code(raw: str) -> str:
    """The official code of a priority neighbourhood, of 2024 ("QN02901M") or 2015 ("QP029001")."""
    code = re.sub(r"\s", "", raw).upper()
    if not _QPV.fullmatch(code):
        raise IdentifierError("Un code de quartier prioritaire ressemble à QN02901M ou QP029001.")
    return code


@lru_cache(maxsize=65_536)  # asked of each place of a search; there are 35,000 communes
def department_of(insee_or_postcode: str) -> str | None:
    """ "29", "2A", "974"; None when unknown. A few postcodes cross the border of their département."""
    code = insee_or_postcode.strip().upper()
    if not (_INSEE.fullmatch(code) or _POSTCODE.fullmatch(code)) or len(code) != 5:
        return None
    if code[:2] in ("00", "96", "99"):
        return None
    if code == "97150":  # Saint-Martin kept the postcode that it had in Guadeloupe
        return "978"
    if code[:2] in ("97", "98"):
        return code[:3]
    if code[:2] == "20":  # postcodes of Corsica; Insee codes say 2A and 2B
        return "2A" if code[:3] in ("200", "201") else "2B"
    return code[:2]


def timezone_of(insee_or_postcode: str) -> ZoneInfo:
    """The wall clock there; the mainland's when unknown."""
    return ZoneInfo(_CLOCKS.get(insee_or_postcode[:3], _MAINLAND))


def has_alsace_moselle_holidays(insee_or_postcode: str) -> bool:
    """Good Friday and 26 December are public holidays there (Code du travail, L3134-13)."""
    return insee_or_postcode[:2] in ("57", "67", "68")


# -- Who ---------------------------------------------------------------------------------------------


def siret(raw: str) -> str:
    """Fourteen digits whose key is right. Raises IdentifierError."""
    digits = re.sub(r"[\s.]", "", raw)
    if not re.fullmatch(r"[0-9]{14}", digits):
        raise IdentifierError("Un Siret a 14 chiffres.")
    if not (_luhn_sum(digits) % 10 == 0 or _is_post_office(digits)):
        raise IdentifierError("Ce Siret est faux : vérifiez chaque chiffre.")
    return digits


def rna(raw: str) -> str:
    """ "W" and nine figures or letters: the number of an association. Raises IdentifierError."""
    code = re.sub(r"[\s.]", "", raw).upper()
    if not re.fullmatch(r"W[A-Z0-9]{9}", code):
        raise IdentifierError("Un numéro RNA commence par W, suivi de neuf caractères.")
    return code


def ridet(raw: str) -> str:
    """Nine or ten digits: the number of an establishment in New Caledonia. Raises IdentifierError."""
    digits = re.sub(r"[\s.]", "", raw)
    if not re.fullmatch(r"[0-9]{9,10}", digits):
        raise IdentifierError("Un Ridet a neuf ou dix chiffres.")
    return digits


def pivot(raw: str) -> str:
    """A SIRET, RNA or RIDET; "" for the zeros that files write when it is unknown. Raises IdentifierError."""
    code = re.sub(r"[\s.]", "", raw).upper()
    if not code.strip("0"):
        return ""
    if code.startswith("W"):
        return rna(code)
    return ridet(code) if len(code) in (9, 10) else siret(code)


def _luhn_sum(digits):
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(digits), start=1)]
    return sum(value - 9 if value > 9 else value for value in doubled)


def _is_post_office(digits):
    # The establishments of La Poste have another key: the sum of their digits is a multiple of five.
    return digits.startswith("356000000") and sum(map(int, digits)) % 5 == 0


# -- How to reach ------------------------------------------------------------------------------------

# Overseas numbers that are dialled with ten digits, by their first four.
_OVERSEAS_DIALLED = {
    "+590": ("0590", "0690", "0691"),
    "+594": ("0594", "0694"),
    "+596": ("0596", "0696", "0697"),
    "+262": ("0262", "0263", "0269", "0639", "0692", "0693"),
}
_COUNTRY_OF_PREFIX = {prefix: code for code, prefixes in _OVERSEAS_DIALLED.items() for prefix in prefixes}

# Kept by Arcep for the fictions of the mainland, amid the numbers of Mayotte.
_OF_FICTION = "063998"

# Collectivities whose local numbers have no leading zero: country code and number of digits.
_LOCAL_NUMBERS = {"975": ("+508", 6), "986": ("+681", 6), "987": ("+689", 8), "988": ("+687", 6)}

# National standard v1.0.2, field telephone.
_STANDARD_PHONE = re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}")
_PHONE_WORD = re.compile(r"^\s*(t[ée]l(\.|éphone|ephone)?|phone)\s*[.:]?", re.IGNORECASE)


def phone(raw: str, postcode: str = "") -> str:
    """`raw` as "+33298001122". Raises IdentifierError.

    `postcode` decides where the local form is short (New Caledonia, Polynesia…). A number that lost
    its zero in a spreadsheet is mended.
    """
    written = _PHONE_WORD.sub("", raw).removesuffix(".0")
    if not re.search(r"[^\W\d_]", written):
        digits = re.sub(r"[^0-9+]", "", written.replace("(0)", ""))
        number = _international(re.sub(r"^00(?=[1-9])", "+", digits), postcode)
        if _STANDARD_PHONE.fullmatch(number) and _has_right_length(number):
            return number
    raise IdentifierError("Ce numéro de téléphone n’est pas complet. Exemple : 02 98 00 11 22.")


def _international(number, postcode):
    country, length = _LOCAL_NUMBERS.get(postcode[:3], ("", 0))
    if country and len(number) == length and not number.startswith("0"):
        return country + number
    # "+33 692…" is written for Réunion too: the ten digits decide, not the country code.
    if re.fullmatch(r"(\+?33)?0?[1-9]\d{8}", number):
        number = "0" + number[-9:]
        country = "+33" if number.startswith(_OF_FICTION) else _COUNTRY_OF_PREFIX.get(number[:4], "+33")
        return country + number[1:]
    return number


def _has_right_length(number):
    if number.startswith("+33"):
        return len(number) == 12 and number[3] != "0"
    if number[:4] in _OVERSEAS_DIALLED:
        return len(number) == 13
    return True


def phone_display(number: str) -> str:
    """ "+33298001122" as "02 98 00 11 22" with spaces that do not break; what is not a number, as it is."""
    if number.startswith("+33"):
        local = "0" + number[3:]
    elif number[:4] in _OVERSEAS_DIALLED:
        local = "0" + number[4:]
    elif number.startswith("+"):
        return NBSP.join([number[:4], *re.findall(r"\d{1,2}", number[4:])])
    else:
        return number
    return NBSP.join(re.findall(r"\d{1,2}", local))


_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_HOST = re.compile(r"([a-z0-9]([a-z0-9_-]*[a-z0-9])?\.)+([a-z]{2,24}|xn--[a-z0-9-]+)")
MAX_URL = 400


def email(raw: str) -> str:
    """An address such as "epn@ville.fr", its domain in lower case. Raises IdentifierError."""
    address = tidy(raw).removeprefix("mailto:").strip(" .,;<>")
    if len(address) > 254 or not _EMAIL.fullmatch(address) or ".." in address:
        raise IdentifierError("Une adresse de courriel ressemble à accueil@exemple.fr.")
    name, domain = address.rsplit("@", 1)
    return f"{name}@{domain.lower()}"


def url(raw: str) -> str:
    """A web address with its "https://", which is added when it lacks. Raises IdentifierError."""
    address = tidy(raw[: 2 * MAX_URL]).strip(" .,;<>")
    if not re.match(r"[a-z]+://", address, re.IGNORECASE):
        address = "https://" + address
    try:
        parts = urlsplit(address)
        host, has_user = (parts.hostname or "").encode("idna").decode(), "@" in parts.netloc
        _port = parts.port
    except ValueError as error:
        raise IdentifierError("Cette adresse web ne se lit pas.") from error
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host) or has_user:
        raise IdentifierError("Une adresse web ressemble à https://www.exemple.fr.")
    if len(address) > MAX_URL or re.search(r'[\s<>"\\^`{|}]', address):
        raise IdentifierError("Cette adresse web est trop longue ou contient un signe interdit.")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, parts.fragment))


def _digits_of_number(raw):
    text = re.sub(r"\s", "", str(raw)).removesuffix(".0")
    return text if text.isascii() and text.isdigit() else ""
