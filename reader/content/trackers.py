"""What is known about tracking: parameters on links, hosts of invisible pictures.

Addresses enter, verdicts leave. Lists only grow by names that mean nothing but tracking
everywhere; anything a site may need to find its page stays.
"""

from __future__ import annotations

import re

_PREFIXES = (
    "utm_", "utm-", "ga_", "pk_", "piwik_", "mtm_", "matomo_", "hmb_", "at_custom", "at_link", "hsa_",
    "ns_", "fb_action", "fb_comment", "trk_", "cx_", "vero_", "oly_", "guce_", "__hs", "stm_",
)  # fmt: skip
_NAMES_WRITTEN = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh
    mc_cid mc_eid mc_tc mkt_tok _hsenc _hsmi hsctatracking _openstat rb_clickid s_cid s_kwcid ef_id
    at_medium at_campaign at_campaign_type at_format at_ptr_name at_bbc_team xtor xtref ref_src ref_url
    cmpid icid ito guccounter __twitter_impression _ga _gl srsltid epik mibextid fb_source fb_ref
    sc_cid sc_channel wickedid trkcampaign dm_i ml_subscriber ml_subscriber_hash
    mkwid pcrid irclickid irgwc ocid ftag wt_mc wt.mc_id wt_zmc smid partner_rss
    emc _kx __s spm scm yadclid cvid oicd wprov echobox campaign_id_rss action_object_map
    action_type_map action_ref_map tduid awc awaid sscid zanpid gad_source gad_campaignid cmp_id
    _branch_match_id _bhlid _bta_c _bta_tid fb_pixel tblci dicbo obclick taboolaclickid
"""
_NAMES = frozenset(_NAMES_WRITTEN.split())
_TRACKED_FRAGMENT = re.compile(
    r"(?:utm_|xtor=|echobox=|ftag=|intcid=|at_medium=|comment-stream|mpos=|\?utm)", re.I
)

# Words one of which stands in every address the pattern below knows: looked for first, being cheaper.
_PIXEL_HINTS = (
    "track", "pixel", "stat", "count", "metric", "analytic", "doubleclick", "quantserve", "scorecard", "adnxs",
    "amazon", "feedsportal", "chartbeat", "mixpanel", "omtrdc", "2o7", "imrworld", "ioam", "vgwort", "outbrain",
    "taboola", "bluekai", "demdex", "crwdcntrl", "sitemeter", "matomo", "branch", "sailthru", "exelator", "zemanta",
    "addtoany", "/~", "1.0/", ".com/tr", "googletag", "hubspot", "substack", "buysellads", "fsdn", "//imp",
    "open.gif", "beacon", "1x1", "blank",
)  # fmt: skip
_PIXEL_ADDRESS = re.compile(
    r"""^(?:https?:)?//(?:
      (?:[\w-]+\.)*(?:doubleclick\.net|google-analytics\.com|googletagmanager\.com|scorecardresearch\.com
        |quantserve\.com|statcounter\.com|adnxs\.com|amazon-adsystem\.com|feedsportal\.com|chartbeat\.net
        |hubspot\.com/__ptq|mixpanel\.com|omtrdc\.net|2o7\.net|imrworldwide\.com|ioam\.de|vgwort\.de
        |outbrain\.com|taboola\.com|bluekai\.com|demdex\.net|crwdcntrl\.net|sitemeter\.com|matomo\.cloud
        |branch\.io|sailthru\.com|exelator\.com|zemanta\.com|addtoany\.com|metrics\.[\w.-]+)(?:[/?:]|$)
      |(?:feeds\.feedburner\.com|feedproxy\.google\.com|feeds\.[\w.-]+)/~(?:r|ff|rss)/
      |feeds\.wordpress\.com/1\.0/ | (?:pixel|stats|b\.stats)\.wp\.com/ | pixel\.wordpress\.com/
      |stats\.wordpress\.com/ | (?:www\.)?facebook\.com/tr\b | (?:[\w-]+\.)?medium\.com/_/stat
      |[\w-]*\.?assoc-amazon\.[a-z.]+/ | counter\.[\w.-]+/ | [\w.-]*list-manage\.com/track/
      |(?:eotrx|email)[\w.-]*substack[\w.-]*/ | (?:[\w-]+\.)?pixel\.[\w.-]+/ | pixel\.[\w.-]+/
      |track(?:ing|er)?\.[\w.-]+/ | analytics\.[\w.-]+/ | rss\.buysellads\.com/ | da\.feedsportal\.com/
      |a\.fsdn\.com/sd/(?:facebook|twitter)_icon | blogger\.googleusercontent\.com/tracker/
      |res\d*\.feedsportal\.com/ | rc\.feedsportal\.com/ | imp(?:ression)?s?\.[\w.-]+/
      |[\w.-]+/(?:tracking[-_]?pixel|open\.gif|beacon\.gif|pixel\.(?:gif|png)|1x1\.(?:gif|png)|blank\.gif)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def is_tracking_parameter(name: str) -> bool:
    lowered = name.lower()
    return lowered in _NAMES or lowered.startswith(_PREFIXES)


def is_tracking_fragment(fragment: str) -> bool:
    return _TRACKED_FRAGMENT.match(fragment) is not None


def is_pixel_address(address: str) -> bool:
    """Whether a picture at this address is there to count readers, not to be seen."""
    lowered = address.lower()
    return any(hint in lowered for hint in _PIXEL_HINTS) and _PIXEL_ADDRESS.match(address) is not None
