"""The starter catalogue: well-known feeds by topic and language. In: its outline. Out: picks.

The file is OPML with folders two deep, topic and language in either order; a folder is a language
when it is called by a language's own name.
"""

from __future__ import annotations

from typing import Any

LANGUAGES = {
    "English": "en", "Deutsch": "de", "Français": "fr", "Español": "es", "Italiano": "it", "Português": "pt",
    "Nederlands": "nl", "Polski": "pl", "Svenska": "sv", "Dansk": "da", "Norsk": "no", "Suomi": "fi",
    "Čeština": "cs", "Türkçe": "tr", "Ελληνικά": "el", "Українська": "uk", "Русский": "ru", "العربية": "ar",
    "עברית": "he", "فارسی": "fa", "हिन्दी": "hi", "中文": "zh", "日本語": "ja", "한국어": "ko",
    "Bahasa Indonesia": "id", "Tiếng Việt": "vi", "Română": "ro", "Magyar": "hu", "Català": "ca",
}  # fmt: skip

_Place = tuple[tuple[str, ...], str, str, str]  # section path, title, address, site


class Catalogue:
    """Topics and languages, and the feeds of each pair."""

    def __init__(self, outline: Any) -> None:
        self._feeds: dict[tuple[str, str], list[_Place]] = {}
        for place in outline.places:
            topic, language = _tell_apart(tuple(place.path))
            feeds = self._feeds.setdefault((topic, language), [])
            feeds.append(((topic,), place.title, place.address, place.site))

    def list_languages(self) -> list[str]:
        return list(dict.fromkeys(language for _, language in self._feeds if language))

    def list_topics(self, languages: set[str]) -> list[str]:
        """Topics that have feeds in any of these languages."""
        return list(
            dict.fromkeys(topic for topic, language in self._feeds if not language or language in languages)
        )

    def pick(self, topics: set[str], languages: set[str]) -> tuple[_Place, ...]:
        """The feeds of these topics in these languages, as `Subscribe` takes them."""
        return tuple(
            place
            for (topic, language), feeds in self._feeds.items()
            if topic in topics and (not language or language in languages)
            for place in feeds
        )

    def list_titles(self, topic: str, languages: set[str]) -> list[str]:
        """What the feeds of a topic are called."""
        return [title for _, title, _, _ in self.pick({topic}, languages)]


def find_own_language(languages: list[str], locale: str) -> str:
    """The language to begin with: the system's where the catalogue has it, else English, else the first."""
    code = locale.split("_")[0].split("-")[0].lower()
    own = next((language for language in languages if LANGUAGES.get(language) == code), "")
    return own or ("English" if "English" in languages else languages[0] if languages else "")


def _tell_apart(path: tuple[str, ...]) -> tuple[str, str]:
    """(topic, language) of a folder path."""
    language = next((name for name in path if name in LANGUAGES), "")
    topics = [name for name in path if name != language]
    return (topics[-1] if topics else language or "News"), language
