"""Turns that are about the conversation, not about a subject: greetings, questions about the bot or the last answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from chatbot import messages
from chatbot.settings import Settings

_I = re.IGNORECASE
LONGEST_TURN = 150  # characters; a longer message asks about something


class Turn(Enum):
    """What a turn is about when it is not about a subject."""

    GREETING = auto()
    ABOUT_BOT = auto()
    ABOUT_LAST = auto()
    MORE = auto()


_PLEASANT = r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good\s+(?:morning|afternoon|evening|day)|how\s+are\s+you(?:\s+(?:today|doing))?|how's\s+it\s+going|nice\s+to\s+meet\s+you|what's\s+up|morning|evening|afternoon)"
_THANKS = r"(?:thanks?(?:\s+(?:you|a\s+lot|so\s+much|very\s+much|again|for\s+(?:that|your\s+help|the\s+help|this|everything|your\s+time|the\s+info(?:rmation)?)))*|thank\s+you(?:\s+(?:so|very)\s+much|\s+for\s+(?:that|your\s+help|the\s+help|this|everything|your\s+time|the\s+info(?:rmation)?))*|ta|cheers|much\s+appreciated|many\s+thanks|great|perfect|brilliant|lovely|that's\s+(?:great|helpful|all|useful|perfect|very\s+helpful|really\s+helpful)|that\s+(?:was|is)\s+(?:very\s+|really\s+)?(?:helpful|useful|great|all)|very\s+helpful|ok(?:ay)?|got\s+it|no\s+worries|good\s+to\s+know|appreciate\s+it|i\s+see|understood)"
_BYE = r"(?:bye(?:\s*bye)?|goodbye|see\s+you(?:\s+later)?|cheerio|farewell|good\s*night|have\s+a\s+(?:good|nice|great)\s+(?:day|one|evening|weekend))"
_TO_WHOM = (
    r"(?:\s+(?:to\s+you|now|for\s+now|there|all|everyone|team|ascl|bot|chatbot|again|everybody|mate|folks|you|sir|madam|friend))*"
)
# Atomic and possessive: the alternatives overlap, and without that a long row of thanks takes exponential time.
_GREETING = re.compile(rf"^\W*(?:(?:and|oh|well)\s+)?(?>(?:{_PLEASANT}|{_THANKS}|{_BYE}){_TO_WHOM}\W*)++$", _I)
_ONLY_BYE = re.compile(rf"{_BYE}", _I)
_ONLY_THANKS = re.compile(rf"^\W*{_THANKS}", _I)

_IS_ASCL = re.compile(
    r"^\W*(?:so\s+)?(?:is\s+(?:this|that)\s+(?:site\s+|service\s+|page\s+|bot\s+|chat\s+|thing\s+|website\s+|really\s+|actually\s+|the\s+(?:official\s+|real\s+)?|an?\s+(?:official\s+)?)*(?:ascl|(?:run|provided|made|owned|operated|written)\s+by\s+ascl|official|association\s+of\s+school\s+and\s+college\s+leaders|from\s+ascl)(?:'s)?(?:\s+(?:site|service|page|bot|chatbot|website|speaking|itself|official\s+\w+|own\s+\w+))*"
    r"|are\s+you\s+(?:really\s+|actually\s+|part\s+of\s+|from\s+|with\s+|the\s+(?:real\s+|official\s+)?|an?\s+|owned\s+by\s+|run\s+by\s+|working\s+for\s+|speaking\s+for\s+|official(?:ly)?\s*)*(?:ascl|official)(?:'s)?(?:\s+(?:staff|employee|bot|chatbot|spokesperson|itself))*"
    r"|am\s+i\s+(?:talking|speaking|chatting)\s+(?:to|with)\s+ascl|do\s+you\s+(?:work|speak)\s+for\s+ascl|who\s+(?:runs|owns|made|built|is\s+behind|operates)\s+(?:this|you)(?:\s+\w+)?)\W*$",
    _I,
)
_WHO_IS_IT = re.compile(
    r"^\W*(?:so\s+)?(?:are\s+you\s+(?:an?\s+|really\s+|actually\s+|the\s+)*(?:person|human(?:\s+being)?|real(?:\s+person)?|bot|robot|chatbot|ai|a\.i\.|machine|computer|chatgpt|llm|language\s+model|alive|someone)(?:\s+or\s+(?:an?\s+)?\w+)?|am\s+i\s+(?:talking|speaking|chatting)\s+(?:to|with)\s+(?:an?\s+)?(?:real\s+)?(?:person|human|bot|robot|machine|computer|ai|someone)"
    r"(?:\s+or\s+(?:an?\s+)?\w+)?|who\s+are\s+you|what\s+are\s+you|what(?:'s|\s+is)\s+your\s+name|what\s+(?:can|do)\s+you\s+do|how\s+do\s+you\s+work|how\s+does\s+this\s+work|what\s+is\s+this(?:\s+(?:site|service|bot|chatbot|page|thing))?|is\s+(?:this|that)\s+(?:an?\s+)?(?:real\s+)?(?:person|human|bot|robot|chatbot|ai|machine)|can\s+you\s+help(?:\s+me)?|help(?:\s+me)?|do\s+you\s+have\s+feelings|is\s+(?:anyone|anybody|someone)\s+there|what\s+can\s+i\s+ask(?:\s+you)?)\W*$",
    _I,
)

_THAT = r"(?:that|this|it|these|those|them|the\s+(?:last\s+)?(?:quotes?|statements?|position|answer|policy|page|source|document|paper|words?|wording|first\s+one|last\s+one)|ascl's\s+(?:position|view))"
_DATE = re.compile(
    rf"^\W*(?:and\s+|so\s+|but\s+|ok,?\s+)?(?:when\s+(?:was|were|is|did)\s+(?:{_THAT}|they|you|ascl)(?:\s+(?:from|said|written|published|released|dated|made|updated|put\s+out|say|publish|write|posted|last\s+\w+|issued|agreed|set|first|that|it|this|adopted))*|(?:what(?:'s|\s+is)\s+the\s+date(?:\s+(?:of|on)\s+{_THAT})?|what\s+date(?:\s+(?:is|was)\s+{_THAT})?|how\s+(?:old|recent|up[- ]to[- ]date|current)\s+(?:is|are)\s+{_THAT}|date|dated\s+when|when|since\s+when|which\s+year(?:\s+was\s+{_THAT})?|what\s+year(?:\s+(?:is|was)\s+{_THAT})?(?:\s+from)?|from\s+when))\W*$",
    _I,
)
_CURRENT = re.compile(
    rf"^\W*(?:and\s+|so\s+|but\s+|ok,?\s+)?(?:(?:is|are|was)\s+{_THAT}\s+(?:still\s+)?(?:your\s+|ascl's\s+|the\s+|their\s+|our\s+|a\s+)?(?:still\s+|current\s+|latest\s+|present\s+|up[- ]to[- ]date\s+|official\s+|\s)*(?:position|view|policy|stance|line|current|valid|true|the\s+case|up[- ]to[- ]date|in\s+force|accurate|relevant|apply|recent|what\s+(?:you|ascl)\s+thinks?)(?:\s+(?:now|today|anymore|any\s+more))?|do(?:es)?\s+(?:you|ascl|they|{_THAT})\s+still\s+(?:think|believe|say|hold|want|stand\s+by|apply|apply\s+today|mean)(?:\s+{_THAT})?(?:\s+(?:now|today))?|has\s+(?:{_THAT}|your\s+(?:position|view)|ascl's\s+(?:position|view))\s+changed(?:\s+since)?|still\s+(?:current|valid|true|the\s+case|your\s+position))\W*$",
    _I,
)
_ATTRIBUTION = re.compile(
    rf"^\W*(?:and\s+|so\s+|but\s+|ok,?\s+)?(?:(?:can|may|could|should|do|would)\s+(?:i|we)\s+(?:\w+\s+)?(?:attribute|quote|cite|use|credit|put|publish|print|say|reprint|reproduce)\s+(?:{_THAT}|you|ascl|the\s+general\s+secretary)?(?:\s+.{{0,60}})?|who\s+(?:said|wrote|says|is\s+saying|published|came\s+up\s+with|made|is\s+the\s+author\s+of|do\s+i\s+attribute|should\s+i\s+(?:attribute|credit))\s*{_THAT}?(?:\s+to)?|who(?:se|'s)\s+(?:words?|quote|view|statement|opinion)\s+(?:is|are|was|were)\s+{_THAT}|did\s+(?:the\s+)?(?:general\s+secretary|president|someone|a\s+person|anyone|an?\s+\w+)(?:\s+\w+)?\s+(?:say|write)\s+{_THAT}|who|says\s+who|by\s+whom|(?:is|was)\s+{_THAT}\s+(?:said\s+|written\s+)?(?:by\s+)?(?:the\s+|a\s+|from\s+the\s+|from\s+)?(?:general\s+secretary|president|person|spokesperson|ascl|an?\s+individual|quote|direct\s+quote)(?:\s+.{{0,30}})?)\W*$",
    _I,
)
_SOURCE = re.compile(
    rf"^\W*(?:and\s+|so\s+|but\s+|ok,?\s+)?(?:where\s+(?:does|do|did|is|was|are|were|can\s+i\s+(?:find|read|see|check)|has)\s+(?:it|{_THAT}|ascl|you|they)?(?:\s+.{{0,40}}\b(?:say|said|says|come\s+from|from|published|written|stated?|stand|get|find|printed|appear|taken\s+from|that|it|this|found|online)|\s+.{{0,5}})?|(?:what(?:'s|\s+is)\s+(?:the|your)\s+|what\s+)?(?:sources?|citations?|references?|links?|proof|evidence)(?:\s+(?:for|of|to|please)\s*{_THAT}?)?|where|(?:can|could)\s+(?:i|you)\s+(?:have|get|give\s+me|send\s+me|see|show\s+me)\s+(?:the\s+|a\s+)?(?:link|source|reference|page|citation|original|document)s?(?:\s+.{{0,20}})?|which\s+(?:page|paper|document|section|policy|statement|publication)(?:\s+(?:is|was|does|are)\s+{_THAT})?(?:\s+(?:in|from|on|say|come\s+from|it\s+from))*|how\s+do\s+you\s+know(?:\s+{_THAT})?|(?:is|are)\s+{_THAT}\s+(?:your\s+|the\s+|an?\s+|ascl's\s+)?(?:exact|direct|verbatim|real|genuine|word\s+for\s+word|official)\s*(?:ascl\s+)?(?:quotes?|words?|wording|statement|policy|position)?|show\s+me\s+(?:the\s+)?(?:source|page|original|link)|which\s+page|says\s+where)\W*$",
    _I,
)
_MORE = re.compile(
    r"^\W*(?:and\s+|so\s+|sorry,?\s+|ok(?:ay)?,?\s+|yes,?\s+|please\s+|interesting[,.]?\s+)*(?:(?:tell|give|show|say)\s+(?:me\s+|us\s+)?(?:some\s+|a\s+(?:bit|little)\s+)?more(?:\s+(?:about|on)\s+(?:that|this|it))?|more(?:\s+(?:detail|details|please|info|information|on\s+(?:that|this|it)|about\s+(?:that|this|it)))*|(?:what|anything|is\s+there\s+anything|is\s+there|any(?:\s*thing)?)\s+(?:else|more)(?:\s+(?:(?:do(?:es)?|did|has)\s+(?:you|ascl|they|it|the\s+(?:page|union|paper|document))(?:\s+(?:say|think|want|said))?|on\s+(?:that|this|it)|about\s+(?:that|this|it)|to\s+(?:say|add|know)))*|(?:can\s+you\s+|could\s+you\s+|please\s+)*(?:say|repeat|show\s+me|give\s+me)\s+that\s+again|(?:can|could)\s+you\s+repeat\s+(?:that|it)|come\s+again|go\s+on|carry\s+on|continue|elaborate|expand(?:\s+on\s+(?:that|this|it))?|can\s+you\s+(?:elaborate|expand|tell\s+me\s+more|say\s+more|go\s+on|explain\s+(?:that|this|it|more|further))(?:\s+.{0,30})?|in\s+(?:more|further)\s+detail|further\s+details?|what\s+do\s+you\s+mean(?:\s+by\s+that)?|why(?:\s+(?:is|does)\s+(?:that|it|ascl\s+(?:think|say|want|believe)\s+(?:that|this|so)))?|why\s+(?:so|not|do\s+you\s+(?:think|say|want|believe)\s+(?:that|this|so)|is\s+that)|how\s+(?:so|come)|explain|i\s+want\s+to\s+know\s+more|and)\W*$",
    _I,
)


def turn_of(text: str) -> Turn | None:
    """What a cleaned turn is about when it is not about a subject; None for an ordinary question."""
    straight = text.replace("’", "'")
    if len(straight) > LONGEST_TURN:
        return None
    if _GREETING.match(straight):
        return Turn.GREETING
    if _IS_ASCL.match(straight) or _WHO_IS_IT.match(straight):
        return Turn.ABOUT_BOT
    if _MORE.match(straight):
        return Turn.MORE
    if any(rule.match(straight) for rule in (_DATE, _CURRENT, _ATTRIBUTION, _SOURCE)):
        return Turn.ABOUT_LAST
    return None


def reply_to_greeting(text: str) -> str:
    """The words that meet a greeting, thanks or a goodbye."""
    if _ONLY_BYE.search(text):
        return messages.GOODBYE
    return messages.THANKS if _ONLY_THANKS.match(text.replace("’", "'")) else messages.GREETING


def reply_about_bot(text: str, settings: Settings) -> str:
    """Who runs this service, from the settings, or what it is."""
    if _IS_ASCL.match(text.replace("’", "'")):
        return messages.RUN_BY_ASCL[settings.run_by_ascl]
    return messages.A_MACHINE


def reply_about_last(text: str) -> str:
    """The words above the last answer's quotes when they are shown again."""
    straight = text.replace("’", "'")
    for rule, words in (
        (_CURRENT, messages.ABOUT_CURRENCY),
        (_DATE, messages.ABOUT_DATE),
        (_ATTRIBUTION, messages.ABOUT_ATTRIBUTION),
    ):
        if rule.match(straight):
            return words
    return messages.ABOUT_LAST


def last_subject(history: Sequence[str]) -> Sequence[str]:
    """The earlier turns up to the last one that asked about a subject; empty where none did."""
    kept = list(history)
    while kept and turn_of(kept[-1]) is not None:
        kept.pop()
    return kept
