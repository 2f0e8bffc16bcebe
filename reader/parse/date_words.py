"""The words in dates: months in two dozen languages, zones, and words that say nothing.

In: one lower-case word. Out: a number, or nothing. Tables only.
"""

from __future__ import annotations

_MONTHS = (
    "january janvier januar enero gennaio janeiro januari tammikuu stycznia leden ledna január ocak ianuarie "
    "января январь січня ιανουαρίου ιανουάριος jänner gener styczeń siječnja sausio",
    "february février februar febrero febbraio fevereiro februari helmikuu lutego únor února február şubat februarie "
    "февраля февраль лютого φεβρουαρίου φεβρουάριος febrer feber luty veljače fevrier",
    "march mars märz marzo março maart maaliskuu marca březen března március mart martie "
    "марта март березня μαρτίου μάρτιος març marts maerz mrt marzec ožujka",
    "april avril abril aprile huhtikuu kwietnia duben dubna április nisan aprilie "
    "апреля апрель квітня απριλίου απρίλιος kwiecień travnja",
    "may mai mayo maggio maio mei maj toukokuu maja květen května május mayıs mag "
    "мая май травня μαΐου μάιος maig svibnja",
    "june juin juni junio giugno junho kesäkuu czerwca červen června június haziran iunie "
    "июня июнь червня ιουνίου ιούνιος juny czerwiec lipnja",
    "july juillet juli julio luglio julho heinäkuu lipca červenec července július temmuz iulie "
    "июля июль липня ιουλίου ιούλιος juliol lipiec srpnja",
    "august août agosto augusti elokuu sierpnia srpen srpna augusztus ağustos augustus "
    "августа август серпня αυγούστου αύγουστος agost aout sierpień kolovoza",
    "september septembre septiembre settembre setembro syyskuu września září szeptember eylül septembrie "
    "сентября сентябрь вересня σεπτεμβρίου σεπτέμβριος setembre sept setiembre wrzesień rujna",
    "october octobre oktober octubre ottobre outubro lokakuu października říjen října október ekim octombrie "
    "октября октябрь жовтня οκτωβρίου οκτώβριος październik",
    "november novembre noviembre novembro marraskuu listopada listopad listopadu kasım noiembrie "
    "ноября ноябрь листопада νοεμβρίου νοέμβριος studenoga",
    "december décembre dezember diciembre dicembre dezembro joulukuu grudnia prosinec prosince aralık decembrie "
    "декабря декабрь грудня δεκεμβρίου δεκέμβριος desember desembre grudzień prosinca decembre",
)

_SHORTEST = 3


def _index_months() -> dict[str, int]:
    """Every name and every unambiguous beginning of three letters or more."""
    index: dict[str, int] = {}
    shared: set[str] = set()
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            for length in range(_SHORTEST, len(name) + 1):
                start = name[:length]
                if index.setdefault(start, number) != number:
                    shared.add(start)
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            if name in shared:
                index[name] = number
                shared.discard(name)
    for start in shared:
        del index[start]
    index.update({"mar": 3, "jan": 1, "jun": 6, "jul": 7, "juil": 7, "lis": 11, "mai": 5, "may": 5, "maj": 5})
    return index


_MONTH_INDEX = _index_months()

_ZONES: dict[str, int] = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "etc/gmt": 0, "etc/utc": 0, "uct": 0, "zulu": 0,
    "west": 60, "bst": 60, "cet": 60, "met": 60, "mez": 60, "cest": 120, "mest": 120, "mesz": 120,
    "eet": 120, "sast": 120, "cat": 120, "eest": 180, "msk": 180, "eat": 180, "trt": 180, "msd": 240,
    "irst": 210, "irdt": 270, "gst": 240, "pkt": 300, "ist": 330, "npt": 345, "ict": 420, "wib": 420,
    "hkt": 480, "sgt": 480, "awst": 480, "pht": 480, "kst": 540, "jst": 540, "acst": 570, "acdt": 630,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "nst": -210, "ndt": -150, "ast": -240, "adt": -180, "at": -240, "brt": -180, "brst": -120, "art": -180,
    "clt": -240, "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300, "ct": -360,
    "mst": -420, "mdt": -360, "mt": -420, "pst": -480, "pdt": -420, "pt": -480,
    "akst": -540, "akdt": -480, "hst": -600, "hast": -600,
}  # fmt: skip

NOISE = frozenset(
    {"-", "–", "—", "|", "at", "um", "uhr", "à", "de", "del", "of", "the", "on", "le", "h", "kl", "o"}
)
HALVES = {"am": "a", "pm": "p", "a.m": "a", "p.m": "p", "오전": "a", "오후": "p", "上午": "a", "下午": "p"}


def find_month(word: str) -> int:
    """1 to 12, or 0 where the word names no month."""
    return _MONTH_INDEX.get(word.strip(".,"), 0)


def find_zone(word: str) -> int | None:
    """Minutes east of Greenwich for a zone's name; 0 for one nobody knows; None for no zone."""
    known = _ZONES.get(word)
    if known is not None:
        return known
    if "/" in word and word.replace("/", "").replace("_", "").isalpha() and word.isascii():
        return 0  # an Olson name: its rules are not at hand here, and an hour or two are no matter
    if 3 <= len(word) <= 5 and word.isalpha() and word.isascii():
        return 0
    return None
