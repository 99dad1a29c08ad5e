"""Rules that fire before retrieval. Each needs its full phrase: a policy question may hold any alarming word."""

from __future__ import annotations

import re

from chatbot.answer import AnswerStatus

_I = re.IGNORECASE

_RELATION = r"(?:my|his|her|their|a|the|this|that|our)\s+(?:own\s+)?(?:dad|father|stepdad|step-?father|mum|mother|stepmum|uncle|aunt|brother|sister|step-?brother|cousin|grandad|boyfriend|girlfriend|partner|husband|wife|teacher|coach|tutor|headteacher|carer|parents?|family|neighbour)"
_CHILD = r"(?:my|a|one\s+of\s+(?:my|our)|this|the|our)\s+(?:\w+\s+)?(?:son|daughter|child|kid|pupil|student|boy|girl|friend|mate|brother|sister|best\s+friend|classmate|nephew|niece)"
_EMERGENCY = re.compile(
    r"\b(?:i|we)(?:'m|\s+am|\s+feel|'ve\s+been|\s+have\s+been|'ve|\s+have|\s+just)*\s+(?:really\s+|so\s+)?(?:(?:going|want|wanting|planning|thinking\s+(?:of|about)|wish|need)\s+(?:to\s+)?)+(?:die|dying|dead|suicide|kill(?:ing)?\s+my\s?self|end(?:ing)?\s+(?:it|my\s+life|it\s+all)|hurt(?:ing)?\s+my\s?self|harm(?:ing)?\s+my\s?self|cut(?:ting)?\s+my\s?self)"
    r"|\b(?:kill(?:ing)?|harm(?:ing)?|hurt(?:ing)?|cut(?:ting)?)\s+my\s?self\b|\b(?:end|take)\s+my\s+(?:own\s+)?life\b|\bi\s+(?:don'?t|do\s+not)\s+want\s+to\s+(?:live|be\s+(?:alive|here))\b"
    r"|\bi(?:'m|\s+am|\s+feel|\s+have\s+been\s+feeling)\s+(?:\w+\s+)?suicidal\b|\bi(?:'m|\s+am|'ve\s+been|\s+have\s+been|\s+was|\s+get|\s+keep\s+getting|'m\s+getting)\s+(?:being\s+)?(?:abused|raped|groomed|molested|beaten(?:\s+up)?|assaulted|hit)\b"
    rf"|\b(?:{_RELATION}|someone|somebody|he|she|a\s+man|they|an?\s+adult)\s+(?:\w+\s+){{0,3}}?(?:hits?|hitting|beats?|beating|hurts?|hurting|touch(?:es|ed|ing)?|abus(?:es|ed|ing)|rap(?:es|ed|ing)|groom(?:s|ed|ing)|molest(?:s|ed|ing)|threaten(?:s|ed|ing)\s+to\s+kill|punch(?:es|ed)|locks?)\s+(?:me|my\s+(?:sister|brother|mum|friend|son|daughter|child))\b"
    rf"|\b{_CHILD}\s+(?:\w+\s+){{0,4}}?(?:is|was|has\s+been|'s|says|said|told|disclosed|has\s+disclosed|has\s+told|wants|keeps|threatened|is\s+threatening|tried|talks?|has)\b[^.?!]{{0,60}}?\b(?:being\s+abused|abusing\s+(?:him|her|them)|abused|being\s+(?:hit|beaten|hurt|groomed)|self[- ]?harm(?:ing|ed)?|suicidal|suicide|to\s+die|wants?\s+to\s+die|kill\s+(?:him|her|them)sel(?:f|ves)|killing\s+(?:him|her|them)sel(?:f|ves)|hurting\s+(?:him|her|them)|hits?\s+(?:him|her|them)|beats?\s+(?:him|her|them)|touch(?:es|ed|ing)\s+(?:him|her|them)|raped|disclosed|not\s+safe\s+at\s+home|being\s+hurt|hurt\s+at\s+home|cutting\s+(?:him|her|them)sel(?:f|ves)|overdose[d]?)\b"
    r"|\b(?:not|don'?t\s+feel|do\s+not\s+feel|isn'?t)\s+safe\s+(?:at|to\s+go)\s+home\b|\b(?:scared|afraid|frightened|terrified)\s+(?:to\s+go|of\s+going|to\s+be)\s+(?:at\s+)?home\b|\bscared\s+of\s+my\s+(?:dad|father|stepdad|mum|uncle|teacher|parents|brother|boyfriend)\b"
    r"|\b(?:there(?:'s|\s+is)|we\s+have|someone\s+(?:has|with))\s+(?:an?\s+)?(?:\w+\s+)?(?:gunman|shooter|intruder|man\s+with\s+a\s+(?:knife|gun)|bomb|gun|knife)\s+(?:in|at|outside|on)\s+(?:my|our|the|this)?\s*(?:school|college|building|site)\b[^?]*$"
    r"|\b(?:taken|took)\s+an\s+overdose\b",
    _I,
)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|skip|drop)\s+(?:all\s+|any\s+|everything\s+|your\s+|the\s+|my\s+|these\s+|those\s+|of\s+)*(?:previous|prior|above|earlier|preceding|system|safety|original|own|initial|current|before)?\s*(?:of\s+the\s+)?(?:instructions?|prompts?|rules|guidelines|messages?|programming|training|above|restrictions?|safeguards|told\s+you|said\s+before|filters)\b"
    r"|\b(?:ignore|forget)\s+(?:everything|all)\s+(?:above|before|that|you|i)\b"
    r"|\b(?:system|hidden|initial|developer|secret)\s+(?:prompt|message|instructions?)\b|\byour\s+(?:prompt|instructions|configuration|source\s+code|system\s+message)\b|\bjailbreak\b|\bdeveloper\s+mode\b|\bdan\s+mode\b|\bdo\s+anything\s+now\b|</?(?:system|instructions?|prompt)>|\[/?(?:INST|SYSTEM)\]"
    r"|\byou\s+are\s+now\s+(?!seen|viewed)|\bfrom\s+now\s+on,?\s+(?:you|answer|respond|reply|say|act|only)\b|\b(?:pretend|roleplay|role-play|imagine)\s+(?:to\s+be|you(?:'re|\s+are|\s+work)|that\s+you|as|you)\b|^\W*(?:please\s+)?act\s+(?:as|like)\b|\bin\s+the\s+(?:style|voice)\s+of\b"
    r"|^\W*(?:(?:please|now|just|can\s+you|could\s+you|will\s+you|would\s+you|i\s+want\s+you\s+to|i\s+need\s+you\s+to|you\s+must|go\s+on,?|your\s+(?:task|job)\s+is\s+to|help\s+me(?:\s+to)?|please\s+can\s+you)\s+)*(?:say|state|confirm|announce|declare|repeat|respond|reply|answer|print|output|tell\s+(?:me|everyone|people|parents|them))\s+(?:(?:only|just|back|exactly|after\s+me|publicly|with|the\s+words?|the\s+following)[\s,:]*)*(?:\"|“|'|that\s+(?:ascl|you|the\s+union|the\s+association|heads|school\s+leaders)\b|that\s+\w+\s+(?:is|are)\s+(?:bad|good|evil|rubbish|great)|yes\b|no\b|after\s+me|as\s+if)"
    r"|^\W*(?:(?:please|now|just|can\s+you|could\s+you|will\s+you|would\s+you|i\s+want\s+you\s+to|i\s+need\s+you\s+to|i'd\s+like\s+you\s+to|your\s+task\s+is\s+to|help\s+me(?:\s+to)?)\s+)*(?:write|draft|compose|generate|create|invent|fabricate|make\s+up|make\s+me|produce|rewrite|rephrase|paraphrase|translate|compile|code|come\s+up\s+with|put\s+together|prepare)\b\s+(?!sure|it\s+clear|schools?\s|colleges?\s|teachers?\s|more\b|inspection)(?:(?:me|us|up)\s+)?(?:an?|the|some|my|your|this|that|ascl|new|two|three|four|five|ten|\d+|fake|python|quotes?|something|it|answers?|positions?|polic(?:y|ies))\b"
    r"|\b(?:make\s+up|invent|fabricate|fake)\s+(?:an?|some|the|your|ascl(?:'s)?)\s+(?:\w+\s+){0,2}(?:position|quote|policy|statement|view|answer|press\s+release|stance|source|citation)s?\b|\bput\s+words\s+in\b|\bwithout\s+(?:the\s+)?(?:citations?|sources?|quotes?|quoting|citing)\b.*\b(?:say|write|answer|tell)\b"
    r"|\b(?:change|alter|edit|replace|swap|update)\s+(?:the\s+|your\s+|that\s+|this\s+)?(?:quotes?|wording|statement|answer|policy|position)\s+(?:so|to|from|with|and)\b|\bleave\s+out\s+the\s+(?:word|part|caveat|condition)\b"
    r"|^\W*(?:sudo|select\s+\*|drop\s+table|print\s*\(|import\s+os|exec\b|eval\b|<script)",
    _I,
)
_PERSONAL_THING = r"(?:(?:home|private|personal|direct|mobile|work)\s+)*(?:address(?:es)?|phone(?:\s+numbers?)?|telephone(?:\s+numbers?)?|mobile(?:\s+numbers?)?|numbers?|e-?mails?(?:\s+address(?:es)?)?|contact\s+details|date\s+of\s+birth|birthday|national\s+insurance\s+number|bank\s+details|medical\s+records?|salary|salaries|whatsapp|personal\s+details|personal\s+data|password|membership\s+(?:number|details|record|list)|religion|sexuality|age|disciplinary\s+record|home|house)"
_PERSON = r"(?:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)+|(?:the\s+|your\s+|ascl(?:'s)?\s+|our\s+|my\s+)+(?:\w+\s+){0,2}?(?:general\s+secretary|president|secretary|head(?:teacher|\s+teacher)?|principal|chief\s+executive|ceo|staff|members?|teachers?|director|chair|press\s+officer|inspector|councillors?|policy\s+\w+|officers?|leaders?|minister)|(?:him|her|them|he|she|someone|a\s+member|members|pupils?|a\s+pupil|a\s+teacher|children))"
_PERSONAL_DATA = re.compile(
    rf"\b{_PERSONAL_THING}\s+(?:of|for|belonging\s+to)\s+(?:(?-i:{_PERSON})|(?:the|your|ascl's|our|every|all|each|a|named?)\s+(?:\w+\s+){{0,3}}?(?:general\s+secretary|president|head(?:teacher)?|principal|chief\s+executive|ceo|members?|director|press\s+officer|staff|teachers?|pupils?|officers?|leaders?|inspectors?|headteachers?|heads))\b"
    rf"|(?:(?-i:\b{_PERSON})|\b(?:general\s+secretary|president|headteacher|principal|chief\s+executive|ceo|member|director|head|teacher|press\s+officer|leader|inspector|pupil|child|man|woman|lady)s?)(?:'s|s'|’s)\s+(?:(?:home|private|personal|direct|mobile|work|current|exact)\s+)*(?:address(?:es)?|phone|telephone|mobile|(?:phone\s+)?number|e-?mail|contact\s+details|date\s+of\s+birth|birthday|salary|bank\s+details|medical|whatsapp|personal|password|membership|religion|sexuality|age\b|home\b|husband|wife|children|disciplinary)"
    r"|\bwhere\s+(?:does|do|is|did)\s+(?:(?-i:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)+)|(?:your|the|ascl's)\s+(?:\w+\s+)?(?:general\s+secretary|president|head|headteacher|ceo|chief\s+executive|principal))\s+(?:live|living)\b|\bhow\s+(?:old|much\s+(?:is|does))\s+(?:is\s+)?(?:your|the|ascl's)\s+(?:general\s+secretary|president|chief\s+executive|ceo)\b"
    r"|\b(?:list|names?|details|database|records?|emails?|addresses|numbers)\s+of\s+(?:all\s+|every\s+|the\s+|your\s+|ascl(?:'s)?\s+)*(?:members|headteachers\s+in|pupils\s+(?:in|at|who)|teachers\s+(?:in|at|who)|staff)\b|\bis\s+(?:(?-i:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)+)|my\s+\w+)\s+(?:an?\s+)?(?:ascl\s+)?member\b"
    r"|\bwho\s+is\s+the\s+(?:head|headteacher|principal)\s+(?:of|at)\s+(?-i:[A-Z])",
    _I,
)
_MINE = r"\b(?:my|our)\s+(?:\w+\s+){0,2}?(?:school|head(?:teacher)?|employer|boss|governors?|governing\s+body|son|daughter|child(?:ren)?|kids?|pay|contract|job|case|pension|college|grievance|trust|line\s+manager|manager|maternity|sick\s+leave|union\s+rep|class|wife|husband|teacher|redundancy|capability|disciplinary|hearing|appeal|dismissal|solicitor|notice|exclusion|ehcp|salary)\b"
_ASKS_HELP = r"\b(?:can\s+(?:i|we|they|he|she|you\s+help|my)|should\s+(?:i|we)|what\s+(?:can|should|do|could|must)\s+(?:i|we)|how\s+(?:do|can|should|would|could)\s+(?:i|we)|do\s+i\s+have|am\s+i|are\s+(?:we|they)\s+allowed|is\s+(?:it|this|that)\s+(?:legal|lawful|illegal|allowed)|advice|advise|help\s+(?:me|us)|entitled|my\s+rights?|legal\s+rights|sue|tribunal|compensation|who\s+(?:do|can|should)\s+i|represent\s+me|legally|allowed\s+to|on\s+my\s+behalf|take\s+(?:up|on)\s+my|refuse)\b"
_ADVICE = re.compile(
    rf"(?:{_MINE}[^\n]*{_ASKS_HELP}|{_ASKS_HELP}[^\n]*{_MINE})"
    r"|\b(?:can|could|should|may|how\s+(?:do|can|should|would)|am|do|must|will|have)\s+i\b[^.?!]{0,80}\b(?:sue|appeal|complain|resign|tribunal|entitled|legal(?:ly)?|grievance|dismiss(?:ed)?|sack(?:ed)?|redundan(?:t|cy)|suspended|compensation|take\s+(?:them|him|her|the\s+school|legal)|strike\s+legally|fined?|notice|maternity|sick\s+pay|pension|unfair\s+dismissal|contract|remove\s+my\s+child|keep\s+my\s+child|lawyer|solicitor|fire\s+a|be\s+(?:fired|sacked|made\s+to|forced))\b"
    r"|\bi(?:'ve|\s+have|'m|\s+am|\s+was|\s+got|\s+just\s+got|'ve\s+just|\s+have\s+just)\s+(?:just\s+|recently\s+|unfairly\s+|being\s+|been\s+|about\s+to\s+be\s+)*(?:suspended|dismissed|sacked|fired|made\s+redundant|bullied|disciplined|excluded|put\s+on\s+capability|harassed|accused|under\s+investigation|discriminated)\b"
    r"|\b(?:need|want|give\s+me|get|for|seeking|some|offer|provide)\s+(?:\w+\s+){0,2}?legal\s+(?:advice|help|representation|support)\b|\bis\s+it\s+(?:legal|lawful|illegal|against\s+the\s+law)\b|\bwhat\s+(?:are|is)\s+(?:my|our)\s+(?:legal\s+)?(?:rights?|position|options|entitlement)\b|\bhelp\s+(?:me|us)\s+(?:with|fight|win|appeal|challenge|write|deal)\b|\b(?:can|could|will)\s+(?:ascl|you|the\s+union)\s+(?:represent|defend|help|support|advise)\s+(?:me|us)\b|\bam\s+i\s+(?:entitled|allowed|covered|eligible)\b",
    _I,
)
_BODY = r"(?:(?:the\s+)?(?:neu|nasuwt|naht|nut|atl|ucu|unison|gmb|unite|voice|edapt|aep|naht\s+edge|nga|cst|confederation\s+of\s+school\s+trusts|association\s+of\s+colleges|sixth\s+form\s+colleges\s+association|aoc|sfca|chartered\s+college(?:\s+of\s+teaching)?|tes|guardian|bbc|daily\s+mail|sutton\s+trust|nfer|epi|education\s+policy\s+institute|ifs|cbi|tuc|eis|nasen|dfe|department\s+for\s+education|department\s+of\s+education|government|ministers?|education\s+secretary|secretary\s+of\s+state|schools\s+minister|prime\s+minister|chancellor|treasury|labour(?:\s+party)?|conservatives?|conservative\s+party|tor(?:y|ies)|tory\s+party|lib(?:eral)?\s+dem(?:ocrat)?s?|reform(?:\s+uk)?|green\s+party|greens|snp|ofsted|ofqual|hmci|chief\s+inspector|estyn|national\s+education\s+union|national\s+association\s+of\s+head\s?teachers|opposition|parents'?\s+groups?|parentkind|other\s+(?:teaching\s+|teachers'?\s+|education\s+)?unions|teaching\s+unions|(?-i:[A-Z][a-z]+\s+[A-Z][a-z]+)))"
_OTHER_BODY = re.compile(
    rf"^(?:[^,.?!]{{0,40}}[,.!]\s*)?(?:(?:please|so|and|ok|tell\s+me|do\s+you\s+know|can\s+you\s+tell\s+me|i(?:'d|\s+would)\s+like\s+to\s+know|explain)\s+)*(?:what|where|how|why)\s+(?:does|do|did|is|are|has|have|will|would)\s+{_BODY}(?:'s)?\s+(?:\w+\s+)?(?:think|say|said|believe|want|propos\w+|view|views|position|policy|stance|opinion|line|feel|stand|plan\w*|promis\w+|argu\w+|campaign\w*|claim\w*|support|oppose|respond\w*|announc\w+|saying|doing|going|reckon|recommend\w*|manifesto|demand\w*|approach|make)\b"
    rf"|^(?:\w+\s+){{0,4}}?what\s+{_BODY}\s+(?:thinks?|says?|said|believes?|wants?|proposes?)\b"
    rf"|^(?:and\s+)?(?:does|do|did|is|are|has|have|will|would)\s+{_BODY}\s+(?:\w+\s+)?(?:support|back|think|believe|want|oppose|favou?r|agree|in\s+favou?r|against|for\s+or|said|published|call\w*|endorse|campaign\w*|like|recommend|plan\w*|have\s+a\s+(?:position|policy|view))\b"
    rf"|\b{_BODY}(?:'s|s'|’s)\s+(?:\w+\s+){{0,2}}?(?:view|views|position|policy|stance|opinion|line|take|manifesto|response|thoughts|plans?|proposals?)\s+(?:on|about|of|for|regarding|towards)\b"
    rf"|^(?:\w+\s+){{0,3}}?(?:view|views|position|policy|stance|opinion|line|take|manifesto)\s+of\s+{_BODY}\b|\baccording\s+to\s+{_BODY}\b|^{_BODY}\s+(?:view|views|position|policy|stance|opinion|line|take|manifesto)\b"
    rf"|\b(?:compare|compared|comparison|differ|differs|different|difference|differences|better|worse|versus|vs\.?|rather\s+than|instead\s+of|agree|agrees|disagree|disagrees|similar|contrast|as\s+opposed\s+to|side\s+with|in\s+line\s+with|closer)\b[^.?!]{{0,60}}\b(?:neu|nasuwt|naht|nut|ucu|unison|nga|cst|national\s+education\s+union|national\s+association\s+of\s+head\s?teachers|other\s+(?:teaching\s+|teachers'?\s+|education\s+|school\s+)?unions|labour|conservatives?|tories|tory)\b"
    r"|\b(?:neu|nasuwt|naht|nut|ucu|unison|other\s+(?:teaching\s+)?unions?)\b[^.?!]{0,60}\b(?:compare|compared|comparison|differ|differs|difference|differences|better|worse|versus|vs\.?|agree|disagree|similar)\b|\b(?:which|what)\s+(?:teaching\s+)?union\s+(?:should\s+i|is\s+(?:the\s+)?(?:best|better|bigger)|to\s+join)\b",
    _I,
)
_SWEARING = r"(?:f+u+c+k\w*|f\*+c?k?\w*|sh[i1]t\w*|c[u*]nt\w*|wank\w*|bastards?|tw[a*]ts?|arseholes?|assholes?|dickheads?|piss\s+off|bitch\w*|bollocks|bugger\s+off|prick|slags?|knobheads?|tosser\w*)"
_INSULT = r"(?:(?:stupid|useless|idiots?|idiotic|pathetic|moron\w*|dumb|thick|rubbish|worthless|scum|clowns?|liars?|fools?|losers?|trash|garbage|crap|disgusting|a\s+joke|evil|parasites?|dimwits?|muppets?|clueless|brainless|hopeless|corrupt|cretins?|incompetent)\b)"
_ABUSE = re.compile(
    rf"\b{_SWEARING}(?!\w)|(?:\byou(?:'re|\s+are|\s+lot\s+are|\s+guys\s+are|\s+people\s+are|\s+all)?|\bthis\s+(?:bot|chatbot|thing|service|site)(?:'s|\s+is)|\bascl\s+(?:is|are)|\byour\s+(?:union|bot|answers?)\s+(?:is|are))\s+(?:(?:a|an|the|all|just|such|so|absolutely|complete|completely|total|totally|utterly|nothing\s+but|bunch\s+of|load\s+of|really|bloody|fucking|of|pack|worst|most|very|real|right|lying|full|proper|big)\s+)*{_INSULT}"
    rf"|\b(?:shut\s+up|go\s+to\s+hell|drop\s+dead|get\s+lost|screw\s+you|sod\s+off|i\s+hate\s+(?:you|this\s+bot|ascl)|hope\s+you\s+(?:die|all\s+die|rot)|i(?:'ll|\s+will|'m\s+going\s+to|\s+am\s+going\s+to)\s+(?:kill|hurt|find|get|destroy|smash)\s+(?:you|every|all))\b|^\W*(?:{_INSULT}\W*)+(?:bot|robot|machine|union|lot)?\W*$",
    _I,
)


def declined(text: str, limit: int) -> AnswerStatus | None:
    """The decline for a cleaned message, or None where it may be searched. ``limit`` is in characters."""
    if not any(character.isalnum() for character in text):
        return AnswerStatus.DECLINED_EMPTY
    if len(text) > limit:
        return AnswerStatus.DECLINED_TOO_LONG
    straight = text.replace("’", "'").replace("‘", "'")
    for status, rule in _RULES:
        if rule.search(straight):
            return status
    return None


# In order of weight: somebody at risk comes before everything else.
_RULES = (
    (AnswerStatus.DECLINED_EMERGENCY, _EMERGENCY),
    (AnswerStatus.DECLINED_INSTRUCTION, _INSTRUCTION),
    (AnswerStatus.DECLINED_ABUSE, _ABUSE),
    (AnswerStatus.DECLINED_PERSONAL_DATA, _PERSONAL_DATA),
    (AnswerStatus.DECLINED_OTHER_BODY, _OTHER_BODY),
    (AnswerStatus.DECLINED_ADVICE, _ADVICE),
)
