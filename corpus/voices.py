"""Tell ASCL's own voice from sentences that report what others say or do, and positions from reasons.

Others' views must never be shown as ASCL's, so the rules lean towards "not ASCL's own": what is wrongly held back costs
one quote, what is wrongly let through costs trust. A document's front matter can overrule them, statement by statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import LIST_ITEM
from corpus.models import Role, Span
from corpus.text import plain

_OTHER = (
    r"(?:the\s+|this\s+|last\s+|successive\s+|some\s+|many\s+|former\s+|previous\s+|current\s+|new\s+|uk\s+|then\s+|welsh\s+|labour\s+|conservative\s+|coalition\s+)*"
    r"(?:governments?(?:'s)?|department(?:\s+for\s+education)?(?:'s)?|dfe(?:'s)?|dfes|education\s+(?:secretary|minister)|"
    r"secretary\s+of\s+state|schools?\s+minister|minister\s+for\s+\w+|ministers?|prime\s+minister|chancellor|treasury|"
    r"ofsted(?:'s)?|hmci|chief\s+inspector|his\s+majesty's\s+chief\s+inspector|her\s+majesty's\s+chief\s+inspector|inspectorate|inspectors|"
    r"ofqual|esfa|office\s+for\s+students|ofs|local\s+authorit(?:y|ies)|lga|"
    r"conservatives?|liberal\s+democrats?|labour(?:\s+party)?|opposition|political\s+part(?:y|ies)|politicians|mps|"
    r"(?:education\s+)?select\s+committee|public\s+accounts\s+committee|national\s+audit\s+office|nao|"
    r"neu|nasuwt|naht|nut|ucu|unison|voice|tuc|cbi|ifs|institute\s+for\s+fiscal\s+studies|epi|education\s+policy\s+institute|"
    r"sutton\s+trust|nfer|oecd|eef|education\s+endowment\s+foundation|strb|school\s+teachers'\s+review\s+body|"
    r"(?:other\s+)?unions?|critics|campaigners|commentators|researchers|academics|experts|employers|"
    r"(?:white|green)\s+paper|consultation(?:\s+document)?|(?:[\w-]+\s+)?review|commission|committee|report|bill|act|policy\s+exchange|"
    r"(?:children's\s+)?commissioners?(?:'s)?|people|parents|others|commentators|media|press|newspapers?)"
)
# What ASCL asks of somebody ("the government should publish ...") is no report of what they do.
_NO_DEMAND = r"(?!\b(?:should|must|ought|needs?)\b)"
_ASIDE = rf"(?:\s*\([^)]*\)|,[^,]{{1,60}},|\s+(?:of|for|in|on|at)\s+(?:{_NO_DEMAND}[\w']+\s*){{1,5}}|\s+(?-i:[A-Z])[\w'-]+)*"
_HELPER = r"(?:\s+(?:has|have|had|is|are|was|were|also|now|recently|currently|already|since|previously|itself|themselves|rightly|wrongly|repeatedly|been|may|might|will|would|has\s+not|does\s+not|did\s+not|do\s+not))*"
_REPORTS = (
    r"(?:sa(?:id|ys?|ying)|stat(?:ed?|es|ing)|argu(?:ed?|es|ing)|claim(?:s|ed|ing)?|believ(?:ed?|es|ing)|announc(?:ed?|es|ing)|"
    r"propos(?:ed?|es|ing)|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|wants?|wanted|wanting|set(?:s|ting)?\s+out|recommend(?:s|ed|ing)?|suggest(?:s|ed|ing)?|"
    r"publish(?:ed|es|ing)?|think(?:s|ing)?|thought|promis(?:ed?|es|ing)|pledg(?:ed?|es|ing)|consult(?:ed|s|ing)?|launch(?:ed|es|ing)?|confirm(?:ed|s|ing)?|"
    r"call(?:s|ed|ing)?\s+for|insist(?:s|ed|ing)?|maintain(?:s|ed|ing)?|assert(?:s|ed|ing)?|conclud(?:ed?|es|ing)|found\s+that|finds\s+that|"
    r"estimat(?:ed?|es|ing)|describ(?:ed?|es|ing)|respond(?:ed|s|ing)?|told|tells?|asked|asks?|aim(?:s|ed|ing)?\s+to|hop(?:ed?|es|ing)\s+to|seek(?:s|ing)?\s+to|sought\s+to|"
    r"decid(?:ed?|es|ing)|introduc(?:ed|es|ing)|committed\s+to|commits\s+to|expect(?:s|ed|ing)?|support(?:s|ed|ing)|oppos(?:ed|es|ing)|favou?r(?:s|ed|ing)?|"
    r"reject(?:s|ed|ing)?|welcom(?:ed|es|ing)|acknowledg(?:ed?|es|ing)|prefer(?:s|red)?|urg(?:ed?|es|ing)|made\s+clear|makes\s+clear|report(?:s|ed|ing)?)"
)
_OPENING = (
    r"(?:(?:however|meanwhile|at\s+present|currently|recently|today|but|and|also|similarly|in\s+response|for\s+example"
    rf"|[A-Z](?:{_NO_DEMAND}[^,.;]){{2,60}}),?\s+)?"
)
_REPORTED = re.compile(rf"{_OPENING}{_OTHER}{_ASIDE}{_HELPER}\s+{_REPORTS}\b", re.IGNORECASE)
_PRONOUN_REPORTED = re.compile(rf"(?:they|it|he|she|these\s+bodies){_HELPER}\s+{_REPORTS}\b", re.IGNORECASE)
_ACCORDING = re.compile(
    rf"\b(?:according\s+to|in\s+the\s+(?:view|words|opinion)\s+of)\s+{_OTHER}|\bin\s+{_OTHER}\s+(?:view|opinion)\b",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    rf"[,”\"']\s*(?:says?|said|argues|argued|claims?|claimed|according\s+to)\s+[^.]{{0,60}}?{_OTHER}", re.IGNORECASE
)
_IMPERSONAL = re.compile(
    r"(?:it\s+(?:is|has\s+been|was)\s+(?:sometimes\s+|often\s+|widely\s+|frequently\s+)?(?:said|claimed|argued|suggested|proposed|announced|thought|believed)"
    r"|(?:some|many|critics|others|those\s+who\s+\w+)\s+(?:\w+\s+){0,3}?(?:say|argue|claim|believe|think|suggest|want|feel)\b)",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:ASCL(?:'s)?|Association\s+of\s+School\s+and\s+College\s+Leaders|we|our|us)\b", re.IGNORECASE)
_NORMATIVE = re.compile(
    r"\b(?:should|must|ought|needs?|needed|want|wants|would\s+like|believes?|supports?|opposes?|welcomes?|calls?\s+(?:for|on)|urges?|recommends?|"
    r"urgently|priority|essential|vital|crucial|key\s+to|not\s+appropriate|inappropriate|unacceptable|wrong|right|would\s+(?:help|ensure|be)|"
    r"vision|committed|will\s+continue|in\s+favour|against|agrees?|disagrees?|concerned|propose|ask)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{25,}?)[”\"]")
_QUESTION_LABEL = re.compile(r"(?:Q(?:uestion)?\s*\d+[a-z]?\s*[.:)])", re.IGNORECASE)


def own_voices(text: str, sentences: Sequence[Span]) -> tuple[bool, ...]:
    """For each sentence, whether ASCL says it itself rather than reporting what others say, or asking."""
    voices: list[bool] = []
    lead_in = True  # whether the list below is ASCL's own; its items say nothing without the words above them
    listed = False
    for number, sentence in enumerate(sentences):
        words = plain(sentence.of(text))
        if number and not listed and LIST_ITEM.match(words):
            lead_in, listed = voices[-1], True
        after_other = number > 0 and not voices[-1]
        voices.append(lead_in and _own_voice(words, after_other))
    for reported in _speech_of_others(text, sentences):
        voices = [
            voice and not (sentence.start < reported.end and reported.start < sentence.end)
            for sentence, voice in zip(sentences, voices, strict=True)
        ]
    return tuple(voices)


def role_of(text: str, sentences: Sequence[Span], voices: Sequence[bool]) -> Role:
    """Position where ASCL's own voice says what ought to be, reason where it explains, context where it is not ASCL's."""
    own = [plain(sentence.of(text)) for sentence, voice in zip(sentences, voices, strict=True) if voice]
    if not own:
        return Role.CONTEXT
    return Role.POSITION if any(_NORMATIVE.search(sentence) for sentence in own) else Role.REASON


def _own_voice(sentence: str, after_other: bool) -> bool:
    if not any(character.isalnum() for character in sentence):
        return False
    if sentence.endswith("?") or _QUESTION_LABEL.match(sentence):
        return False
    if after_other and _PRONOUN_REPORTED.match(sentence):
        return False
    if _IMPERSONAL.match(sentence):
        return False
    reported = _REPORTED.match(sentence)
    if reported and not _OWN.search(reported[0]):
        return False
    spoken = _SAID_AFTER.search(sentence) or _ACCORDING.search(sentence)
    return not (spoken and not _OWN.search(sentence))


def _speech_of_others(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Quoted passages whose speaker, named just before or after, is not ASCL."""
    if not sentences:
        return []
    start, end = sentences[0].start, sentences[-1].end
    found = []
    for quoted in _QUOTED.finditer(text, start, end):
        around = (
            plain(text[max(start, quoted.start() - 90) : quoted.start()]) + " | " + plain(text[quoted.end() : quoted.end() + 90])
        )
        spoken = re.search(
            r"\b(?:said|says|stated|states|told|wrote|writes|argues|argued|claims|claimed|added|adds)\b",
            around,
            re.IGNORECASE,
        )
        if spoken and re.search(rf"\b{_OTHER}\b", around, re.IGNORECASE) and not _OWN.search(around):
            found.append(Span(quoted.start(), quoted.end()))
    return found
