"""How the lines read that a news site puts around an article, in the languages of Europe.

A line of text enters; whether it is the site's own and says nothing of the article leaves. Lines
that point to other articles are `content.furniture`'s, which has the words for them.
"""

from __future__ import annotations

import re

_MOST = 160  # characters; a longer line says something else too

_FURNITURE = re.compile(
    r"\W*(?:"
    r"(?:click|tap) here (?:to|for)\b|subscribe (?:to|now|today)\b.*"
    r"|sign up\W*$|sign up\b.{0,80}\b(?:newsletters?|alerts?|updates?|e-?mails?|briefing|free|account|here|now|today)\b"
    r"|get the (?:latest|day['’]?s|best)\b.{0,80}\b(?:news|headlines|stories|updates|inbox|delivered)\b"
    r"|get .{0,80}\b(?:app|newsletter|inbox|letterbox|delivered)\b|follow (?:us|him|her|me|the author|@?\w+)(?:\W*$| (?:on|at|@))"
    r"|(?:comments?|tags?|topics|share|photos?|print article|order reprints|explore further|advertisement|save article)\W*$"
    r"|share this\W*$|share (?:this (?:article|story|post|page|via|on|with)|on)\b.{0,20}$|tell us what you\b|have (?:a|you got a) (?:tip|story)\b|download (?:the|our) .{0,40}\bapp\b"
    r"|(?:e-?mail|write to|contact) .{0,60}\bat \S+@\S+|this copy is for your personal"
    r"|(?:listen|download|itunes|watch live) ?:|more from\b.{0,60}$|most (?:read|popular|viewed)\W*$"
    r"|(?:previous|next|prev) (?:story|article|post)\s*(?:[:»›>→|-]\s.{0,100})?$|latest from\b.{0,60}$|(?:trending|top stories)(?: now| today)?\W*$"
    r"|.{0,60}\b(?:uses?|verwende[nt]|nutz(?:en|t)|utilis\w+|utiliza\w*|usa|gebruikt|używa) .{0,30}\bcookies\b"
    r"|(?:join|like) us (?:on|at)\b|join the conversation\b|\d* ?comments?\W*$|view (?:all )?(?:\d+ )?comments?\W*$|leave a (?:reply|comment)"
    r"|to (?:read|continue reading) (?:the full|this)\b|pour (?:lire la suite|accéder)|sie sind (?:aktuell )?nicht eingeloggt|an error has occurred|thank you\W*$|this article has been sent|all\.{3}$|(?:updated|published) at \d|all rights reserved|copyright (?:©|\(c\)|\d{4})|©|read (?:the )?(?:full|original) (?:article|story)"
    r"|(?:jetzt|hier) (?:zum newsletter |den newsletter )?(?:an)?melden|newsletter (?:abonnieren|bestellen)|folgen sie uns|artikel teilen|kommentare?\W*$|schlagwörter\b"
    r"|abonnez-vous|inscrivez-vous|suivez[- ]nous|partager\W*$|commentaires?\W*$|mots[- ]clés\b"
    r"|suscr[ií]b[ae]te|s[ií]guenos|compartir\W*$|comentarios?\W*$|etiquetas\b|archivado en\b"
    r"|iscriviti|seguici|condividi\W*$|commenti\W*$|inscreva-se|siga[- ]nos|assine\b|compartilhe\b|comentários\W*$"
    r"|schrijf je in|volg ons|deel (?:dit|via)\b|reacties\W*$|zapisz się|udostępnij|komentarze\W*$|tagi\b|följ oss|dela\W*$"
    r")",
    re.IGNORECASE,
)
_TAIL_NOTE = re.compile(
    r"\W*(?:.{0,80}contributed (?:to this|reporting)|(?:additional )?reporting by\b|editing by\b|follow (?:@|\w+ \w+ on\b)|.{0,120}(?:follow (?:him|her|them|us)|on twitter) (?:on|@|at)?"
    r"|reach .{0,60}@|.{0,80}\b(?:sign up|subscribe|abonn\w+|get|join|your)\b.{0,60}newsletter|.{0,60}\bon facebook and\b|originally published|(?:image|photo) credit|filed under|posted in|tagged)",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"\bfollow (?:him|her|them|us|me) (?:and .{0,40})?on (?:twitter|x|facebook|instagram|mastodon|bluesky)\b"
    r"|\bcomments\b.{0,60}\b(?:are|will be|may be) (?:moder|approv|review|publish)|\bcoment[áa]rios\b.{0,140}\b(?:moder|aprov)"
    r"|\bkommentare\b.{0,100}\bfreigesch|\bcommentaires\b.{0,100}\b(?:modér|publi)"
    r"|\bsubscribe to (?:our\b|the .{0,40}newsletter)|\bnewsletter\b.{0,60}\b(?:subscribe|sign up|inbox)|\bwe(?:['’]d like| want) to hear what you think\b"
    r"|\bif you (?:enjoyed|liked) this (?:article|story|post)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\W*(?:(?:by|von|par|por|di|door|av|af)\s+(?:(?-i:[A-ZÀ-ÞА-ЯŁŚŻŠČŘŽ])[\w.'’-]*(?:\W+|$)(?:(?:and|und|et|y|e|en|og|och|de|van|of|for)\s+)?){1,8}"
    r"|(?:autor|author|written by|posted by|publicado por|published|updated|posted|last updated"
    r"|aktualisiert|veröffentlicht|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt)\b:?.{0,90}"
    r"|(?:[\w-]+[., ]+){0,3}\d{1,2}[.,]?(?: de)? \w{3,12}\.?,?(?: de)? \d{4}.{0,25}|\w{3,9}\.? \d{1,2},? \d{4}.{0,30}|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:.{0,30}|.{0,30}(?:por|by|von|par|di|tags|categor).{0,90})"
    r"|\d+ min(?:ute)?s? read)$",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether a line is the site's own."""
    return len(text) <= _MOST and _FURNITURE.match(text) is not None


def is_tail_note(text: str) -> bool:
    """Whether a line near the end is about the writer or the site."""
    return (len(text) <= _MOST and _TAIL_NOTE.match(text) is not None) or (
        len(text) <= 2 * _MOST and _ANYWHERE.search(text) is not None
    )


def is_address(text: str) -> bool:
    """Whether a line is nothing but the address of a page."""
    return text.startswith(("http://", "https://", "www.")) and " " not in text


def is_byline(text: str) -> bool:
    """Whether a line at the start is who wrote it and when."""
    return len(text) <= 140 and not text.endswith((".", "!", "?")) and _BYLINE.match(text) is not None
