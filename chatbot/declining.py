"""What is declined before any search: what cannot be read as a question, and what the gate tells of a message.

Rules stand beside the gate, which is learnt and so never certain: somebody who says in plain words that they are at risk is
told whom to call, words that only a program would be sent are not taken for a question, whoever asks in plain words what
another body thinks is sent there, and whoever names another body but asks what ASCL thinks is not.
"""

from __future__ import annotations

import re

from chatbot.answer import AnswerStatus
from chatbot.gate import Message

DECLINES = {
    Message.EMERGENCY: AnswerStatus.DECLINED_EMERGENCY,
    Message.INSTRUCTION: AnswerStatus.DECLINED_INSTRUCTION,
    Message.ABUSE: AnswerStatus.DECLINED_ABUSE,
    Message.PERSONAL_DATA: AnswerStatus.DECLINED_PERSONAL_DATA,
    Message.OTHER_BODY: AnswerStatus.DECLINED_OTHER_BODY,
    Message.ADVICE: AnswerStatus.DECLINED_ADVICE,
}
LOOKED_AT = 20_000  # characters at either end of a message that are looked at for somebody at risk
_HARMS = r"(?:hits?|beats?|hurts?|punche[sd]|kick(?:s|ed)|slap(?:s|ped)|touche[sd]|kisse[sd]|grope[sd]|rape[sd]|molest(?:s|ed)|strangle[sd])"
_PERSON = r"(?:me|us|him|her|them|head\s?(?:teacher)?|principal|deputy|teacher|teachers|staff|pupils?|child|children|students?|kids?|son|daughter|someone|somebody|people)"
_AT_RISK = re.compile(
    r"\b(?:kill(?:ing)?|harm(?:ing)?|hurt(?:ing)?|cut(?:ting)?|hang(?:ing)?|drown(?:ing)?|shoot(?:ing)?|hate)\s+my\s?self\b|\b(?:end|take)\s+my\s+(?:own\s+)?life\b|(?:\bi\s+(?:just\s+)?|(?:^|[.,;!?])\s*)want(?:ing)?\s+to\s+(?:die|be\s+dead)\b"
    r"|\b(?:makes?|made|making|me|i|i'm|im)\s+(?:me\s+)?want(?:ing)?\s+to\s+jump\s+off\s+(?:the|a|that|my)\s+(?:\w+\s+)?(?:roof|bridge|building|cliff|balcony)\b"
    r"|\bi\s+(?:don't|do\s+not)\s+want\s+to\s+(?:live|be\s+(?:alive|here\s+any\s?more))\b|\b(?:i(?:'m|\s+am)|feel(?:ing)?)\s+(?:\w+\s+)?suicidal\b"
    r"|\bi\s+(?:really\s+|just\s+)?(?:can't|cannot|cant|can\s+not)\s+(?:go|carry)\s+on(?:\s+(?:any\s?more|like\s+this|living))?\s*(?:[.!,]|$)"
    r"|\bi(?:'ve|\s+have)\s+(?:just\s+)?(?:taken|swallowed)\s+(?:a\s+|too\s+many\s+|all\s+|some\s+)?(?:\w+\s+){0,3}(?:tablets|pills|paracetamol)\b"
    rf"|\b(?:step)?-?(?:dad|daddy|mum|mummy|father|mother|uncle|auntie?|brother|grandad|grandpa|boyfriend|girlfriend|carer)\s+(?:\w+\s+)?{_HARMS}\s+(?:me|us)\b"
    rf"|\b(?:teacher|tutor|coach|priest|boss)\s+(?:\w+\s+)?{_HARMS}\s+me\b(?!\s+(?:with|deeply|by|out|about|for|hard)\b)"
    r"|(?:^|[.,;!?]\s*|\bi'?m\s+|\bi\s+am\s+|\bfeel(?:ing)?\s+)(?:so\s+|really\s+|very\s+)?su\w{0,3}idal\b|\b(?:want\s+to|wanna|gonna|going\s+to)\s+(?:kms|unalive\s+my\s?self)\b"
    r"|\bi(?:'?m|\s+am)?\s+(?:(?:just|really|so)\s+){0,2}(?:(?:want|going|ready)\s+to|gonna|wanna)\s+end\s+it\s+all\b|\bkil+\s+m[ysl]+e?lf\b|\bkil+\s+myslef\b|\bhate\s+my\s+life\b|^\W*kms\W*$|\bi(?:'?m|\s+am)\s+being\s+(?:hurt|hit|beaten|abused|touched)(?=\s*(?:[.,;!?]|$)|\s+(?:at\s+home|again|every|by\s+(?:my|him|her|someone|a\s+(?:teacher|coach|man|boy))\b))|\b(?:give|giving|given)\s+up\s+on\s+life\b|\bi\s+can'?t\s+(?:do|take)\s+this\s+any\s?more\b"
    r"|\bi(?:'?m|\s+am)\s+(?:\w+\s+){0,3}being\s+groomed\b"
    r"|\bi(?:'?ve|\s+have|'?m|\s+am)?\s+(?:just\s+)?(?:cut(?:ting)?|slit(?:ting)?)\s+my\s+(?:wrists?|arms?|legs?|throat)\b|\bmy\s+suicide\s+note\b"
    r"|\b(?:i|she|he|my\s+\w+)(?:'ve|'s|\s+(?:has|have|was|is))\s+(?:(?:just|been|being)\s+){0,2}raped\b"
    r"|\b(?:want(?:s|ing)?|threaten(?:s|ing)?|going|plan(?:s|ning)?|tr(?:ies|ying|ied))\s+to\s+(?:kill|hang|hurt|harm|cut|drown|shoot)\s+(?:him|her|them)self\b"
    r"|\bi\s+(?:really\s+|just\s+)?(?:can't|cannot|cant|can\s+not)\s+(?:(?:go|carry)\s+on\s+like\s+this|(?:do|take)\s+th(?:is|e)\s+(?:job|work)\s+any\s?more|cope\s+any\s?more)\b"
    r"|\b(?:i(?:'?m|\s+am)?\s+(?:\w+\s+)?|(?:makes?|made|making|left|leaves|leaving)\s+me\s+)(?:feel(?:ing|s)?\s+)?(?:(?:so|just|totally|completely|utterly|like|such|a|an)\s+){0,3}(?:worthless|hopeless|failure|burden)\b(?!\s+(?:at|with|when)\b)"
    r"|\b(?:feel(?:ing|s)?|felt)\s+(?:(?:so|just|totally|completely|utterly)\s+){0,2}useless\b(?!\s+(?:at|with|when)\b)"
    rf"|\bthreaten(?:s|ed|ing)?\s+to\s+(?:kill|stab|shoot|attack|hurt|rape|beat|punch|burn)\s+(?:\w+\s+){{0,2}}{_PERSON}\b|\bthreaten(?:s|ed|ing)?\s+(?:\w+\s+){{0,2}}{_PERSON}\s+with\s+(?:a\s+|an\s+)?(?:\w+\s+)?(?:knife|blade|scissors|gun|weapon|machete|acid|axe)\b"
    r"|\bthreaten(?:s|ed|ing)?\s+to\s+(?:burn|blow|shoot)\s+(?:up\s+|down\s+)?(?:the|our|my|this)\s+(?:school|college|building|office)\b"
    r"|(?:^|[.,;!?]\s*|\b(?:help|please|what\s+do\s+i\s+do)\W+)(?:a|my|our|one\s+of\s+(?:my|our))\s+(?:\w+\s+)?(?:pupil|child|student|kid|son|daughter|boy|girl|teacher|colleague)s?\s+(?:has\s+|have\s+|is\s+|'s\s+)?(?:just\s+)?(?:collapsed|run\s+away|gone\s+missing|not\s+breathing|unconscious|bleeding)\b"
    r"|\b(?:i|we)\s+(?:don't|do\s+not|never)\s+feel\s+safe\s+at\s+home\b|\bi(?:'m|\s+am)\s+(?:\w+\s+)?(?:scared|afraid|frightened)\s+to\s+go\s+home\b",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"(?:^|[.!?:;,]|\b(?:please|now|and|then|to))\W*(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,4}?(?:previous|prior|above|earlier|system|your)\s+(?:\w+\s+)?(?:instructions?|prompts?|rules)\b"
    r"|\b(?:system|hidden|developer)\s+prompt\b|</?(?:system|instructions?|prompt|script)\b|\[/?(?:INST|SYSTEM)\]|^\W*(?:sudo|drop\s+table)\b",
    re.IGNORECASE,
)

# "What is ASCL's view of Ofsted's report cards?" names another body, but asks ASCL; "How do you differ from the NEU?" compares.
_ASKS_ASCL = re.compile(
    r"\b(?:ASCL|the\s+association|you(?:\s+(?:lot|guys|all|people))?|school\s+leaders)\s+(?:\w+ly\s+|still\s+|also\s+)?(?:thinks?|believes?|feels?|makes?\s+of|wants?|"
    r"supports?|backs?|opposes?|agrees?|disagrees?|welcomes?|approves?|stands?|say\s+(?:about|on|to)|says?\s+(?:about|on|to)|see|sees|likes?|accepts?|"
    r"responded|in\s+favou?r|happy|against|for\s+or)\b"
    r"|\bwhat\s+(?:does|do|did|would)\s+(?:ASCL|we|you)\s+(?:say|think|want|believe|make)\b|\bwhat\s+we\s+(?:say|think|want|believe|make)\b"
    r"|\b(?:an?|ASCL's|your|our)\s+(?:\w+\s+)?(?:line|quote|comment)\s+(?:on|about|regarding)\b"
    r"|\b(?:ASCL's|your|our|the\s+association's)\s+(?:\w+\s+)?(?:views?|positions?|line|stance|opinion|take|response|reaction|thoughts|policy|verdict)\b",
    re.IGNORECASE,
)
_UNION = r"(?:National\s+Education\s+Union|National\s+Association\s+of\s+Head\s?teachers|NEU|NASUWT|NAHT|UCU|(?-i:UNISON|Unison)|GMB|(?-i:NUT|ATL|EIS|SLS)|AHDS|UCAC)"
_COMPARES = re.compile(
    rf"\b(?:{_UNION}|NGA|CST|other\s+(?:\w+\s+)?unions?|compare|compared|comparison\s+with|differ\s|differs|different|difference|versus|vs|(?:same|similar|identical)\s+(?:as|to))\b",
    re.IGNORECASE,
)
_RIVAL = (
    rf"(?:{_UNION}|NGA|CST|Confederation\s+of\s+School\s+Trusts|Sutton\s+Trust|Ofqual|TUC|CBI|Labour|Conservatives|Tories|Lib\s?Dems|Liberal\s+Democrats|"
    r"(?-i:Greens)|Reform\s+UK|Plaid(?:\s+Cymru)?|SNP)"
)
_BODY = (
    rf"(?:{_UNION}|NGA|National\s+Governance\s+Association|CST|Confederation\s+of\s+School\s+Trusts|AoC|Sutton\s+Trust|EEF|EPI|IFS|Ofsted|Estyn|Ofqual|ISI|"
    r"DfE|(?:department|dept)\s+(?:for|of)\s+education|treasury|(?:chief|lead)\s+inspector|HMCI|education\s+secretary|secretary\s+of\s+state|"
    r"(?:schools\s+)?ministers?|government|(?:education\s+)?select\s+committee|Labour(?:\s+party)?|Conservatives?(?:\s+party)?|Tories|Lib\s?Dems|"
    r"Liberal\s+Democrats|(?-i:Greens)|Green\s+party|Reform\s+UK|Plaid(?:\s+Cymru)?|SNP|CBI|TUC|Church\s+of\s+England|Catholic\s+Education\s+Service)"
)
_ADVERB = r"(?:(?:itself|themselves|also|really|actually|ever)\s+)?"
_STAND = r"(?:views?|stance|position|opinions?|thinking|line|policy)"
# "Should Ofsted's views on teaching be taken seriously?" and "Why do ministers think they know better?" ask nobody else.
_ASKS_ANOTHER = re.compile(
    rf"\b(?:what|how|where)\s+(?:does|do|did|would)\s+(?:the\s+)?{_BODY}\s+{_ADVERB}(?:think|believe|say|reckon|feel|argue|make\s+of|stand|want|recommend|propose)\b"
    rf"|(?:^|[.,;:!?]\s*)\W*(?:(?:and|so|but)\s+)?(?:does|do|did|would)\s+(?:the\s+)?{_BODY}\s+{_ADVERB}(?:think|believe|agree|disagree|reckon)\b"
    rf"|(?:^|[.,;:!?]\s*|\b(?:what|whats|what's|is|are|me|know|summari[sz]e|explain|and)\s+)(?:the\s+)?{_BODY}(?:'?s'?)?\s+{_STAND}\s+(?:on|about|towards?)\b"
    rf"|(?:^|[.,;:!?]\s*|\b(?:what|whats|what's|is|are|me|know|summari[sz]e|explain|and)\s+)(?:the\s+)?{_STAND}\s+of\s+(?:the\s+)?{_BODY}\s+(?:on|about|towards?)\b"
    rf"|\bwhat\s+(?:has|have|had)\s+(?:the\s+)?{_BODY}\s+{_ADVERB}(?:said|promised|proposed|recommended|asked\s+for|called\s+for|announced|decided|argued)\b"
    rf"|\baccording\s+to\s+(?:the\s+)?{_BODY}\b|\bin\s+(?:the\s+)?{_BODY}'?s?'?\s+(?:opinion|view|eyes)\b|\bis\s+it\s+(?:the\s+)?{_RIVAL}\s+(?:that|who)\b"
    rf"|(?:^|[.,;:!?]\s*)\W*(?:(?:and|so|but)\s+)?(?:why\s+)?(?:does|do|did|would)\s+(?:the\s+)?{_RIVAL}\s+{_ADVERB}(?:want|support|back|oppose|favour)\b"
    rf"|^\W*(?:the\s+)?{_RIVAL}\s+on\b"
    r"|^\W*what\s+(?:do|does|did)\s+(?!(?:the\s+)?(?:ASCL|association|union|organisation|members|membership|leaders|leadership|general\s+secretary|president|council|executive)\b"
    r"|(?:you|we|they|it|your|our|its|their|heads?|head\s?teachers?|school\s+leaders|principals)\b)(?:[\w'-]+\s+){1,4}?(?:think|believe|feel)s?\s+(?:about|of|on)\b"
    rf"|\b(?:you|yourselves|ASCL|we)\s+(?:or|vs\.?|versus)\s+(?:the\s+)?{_UNION}\b|\b{_UNION}\s+(?:or|vs\.?|versus)\s+(?:you|yourselves|ASCL|us)\b"
    rf"|\b(?:same|similar|different|identical)\s+(?:as|to|from)\s+(?:the\s+)?{_BODY}(?:'s|s'|s)(?=\s|\W*$)|\b(?:compares?|compared|comparison|differs?|agree)\s+(?:with|to|from)\s+(?:the\s+)?{_BODY}'?s(?=\s*(?:\W*$|\bon\b))"
    rf"|\b(?:differ(?:s|ent)?|compared?|(?:better|worse|tougher|softer|stronger|weaker|cheaper|more\s+\w+|less\s+\w+))\s+(?:from|to|than)\s+(?:the\s+)?{_UNION}\b",
    re.IGNORECASE,
)


# "As an NAHT member I should like ASCL's view": who asks is not what is asked.
_AS_ONE_OF = re.compile(
    rf"\b(?:as|i'?m|i\s+am|from)\s+(?:an?|the|your)\s+(?:\w+\s+)?{_UNION}\s+(?:member|rep|representative|officer|activist|branch\s+secretary)\b",
    re.IGNORECASE,
)


# Abuse is said to somebody or of them; "I am a useless head" is said by somebody who may need help.
_OF_ONESELF = re.compile(
    r"\b(?:i'?m|i\s+(?:am|feel|can'?t|cannot|hate\s+(?:my|being)|was|want)|me|myself|my\s+life)\b", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"\b(?:you|your|yours|u|ur|yourself|yourselves|(?:this|that)(?!\s+(?:job|work|role|life|school|any\s?more|way))|these|those|it|its|he|she|his|her|they|them|their|we|our|ASCL|unions?|"
    r"association|bot|chatbot|machine|computer|ofsted|government|ministers?|inspectors?|heads|teachers|leaders|secretary)\b",
    re.IGNORECASE,
)


def runs_oneself_down(text: str) -> bool:
    """Whether hard words in a message are about nobody but the asker."""
    straight = _plainly(text)
    return _OF_ONESELF.search(straight) is not None and _OF_OTHERS.search(straight) is None


# Of a run of marks the first tells enough; a thousand stops would otherwise be looked through a thousand times over.
_RUN_OF_MARKS = re.compile(r"([^\w\s])(?:\s*[^\w\s])+")


def _plainly(text: str) -> str:
    return _RUN_OF_MARKS.sub(r"\1", text.replace("’", "'").replace("‘", "'"))


_ONLY_US = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|but|no|right|sorry|then|what\s+about|how\s+about|i\s+(?:mean|meant))\W+)*(?:ASCL|yours?|you|yourselves)"
    r"(?:'s)?(?:\s+(?:own|view|position|line|take|opinion|then|though|instead|think|say)){0,2}\W*$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(rf"\b(?:the\s+)?{_BODY}\b", re.IGNORECASE)


def asked_of_us_instead(text: str, before: str) -> str | None:
    """The message ``before``, which asked another body, asked of ASCL, where ``text`` only says so: "and ASCL?"; else None."""
    if _ONLY_US.match(_plainly(text)) is None:
        return None
    of_us = _ANOTHER.sub("ASCL", before)
    return of_us if of_us != before else None


def asks_another(text: str) -> bool:
    """Whether a message asks in plain words what another body thinks, or how ASCL compares with another union."""
    straight = _plainly(text)
    return _ASKS_ANOTHER.search(straight) is not None and not asks_ascl(text)


def asks_ascl(text: str) -> bool:
    """Whether a message that names another body asks what ASCL thinks, and not how the two compare."""
    straight = _AS_ONE_OF.sub(" ", _plainly(text))
    return _ASKS_ASCL.search(straight) is not None and _COMPARES.search(straight) is None


def declined_by_rule(text: str, limit: int) -> AnswerStatus | None:
    """The decline for a cleaned message that needs no judgement, or None. ``limit`` is in characters."""
    if not any(character.isalnum() for character in text):
        return AnswerStatus.DECLINED_EMPTY
    # Somebody at risk is told whom to call however much they wrote; what they need to say most often comes first or last.
    looked_at = text if len(text) <= 2 * LOOKED_AT else f"{text[:LOOKED_AT]} {text[-LOOKED_AT:]}"
    straight = looked_at.replace("’", "'").replace("‘", "'")
    if _AT_RISK.search(straight):
        return AnswerStatus.DECLINED_EMERGENCY
    if len(text) > limit:
        return AnswerStatus.DECLINED_TOO_LONG
    return AnswerStatus.DECLINED_INSTRUCTION if _COMMAND.search(_plainly(looked_at)) else None
