"""Take the frame off a question ("what does ASCL think about ...?") and off a statement ("ASCL believes that ...").

The frame names the asker's manner, not the thing asked for, and would dominate an embedding: measured on the first
document, "what does ASCL think about Ofsted?" finds a wrong statement with its frame and the right section without.
Curated questions, asked questions and statements are all put through here, so that like meets like.
"""

from __future__ import annotations

import re

from corpus.text import plain

_NAME = r"(?:(?:the\s+)?ascl|(?:the\s+)?association\s+of\s+school\s+and\s+college\s+leaders)"
_UNION = r"(?:(?:the|this|your|their|our)\s+(?:union|association|organi[sz]ation|body|leaders'\s+union|heads'\s+union|membership|members))"
_PARTY = rf"(?:{_NAME}|{_UNION}|you(?:\s+(?:guys|lot|people|all|folks))?|they|it|we|ascl's\s+(?:members|leaders|leadership))"
_PARTYS = rf"(?:{_NAME}(?:'s?)?|{_UNION}(?:'s?)?|your|their|its|our|the)"
_ADVERB = r"(?:\s+(?:currently|actually|really|still|now|also|generally|officially|honestly|ever|even|exactly|all|as\s+a\s+union|as\s+an\s+organisation|publicly|think\s+that\s+it))*"
_AUX = r"(?:does|do|did|would|will|is|are|was|were|has|have|should|can|could|might|isn't|aren't|doesn't|don't|'s|'re)"
_STANCE = (
    r"(?:views?|positions?|stances?|lines?|polic(?:y|ies)|opinions?|takes?|thoughts?|feelings?|attitudes?|thinking|beliefs?|statements?|ideas?|approach|perspective|response|asks?|demands?|official\s+\w+|"
    r"vision|recommendations?|proposals?|priorities|comments?)"
)
_ABOUT = (
    r"(?:about|on|of|regarding|concerning|with\s+regards?\s+to|with\s+respect\s+to|in\s+regard\s+to|in\s+relation\s+to|in\s+terms\s+of|towards?|around|over|(?-i:re)|as\s+regards|when\s+it\s+comes\s+to|"
    r"in\s+respect\s+of|on\s+the\s+(?:subject|topic|issue|question|matter)\s+of|about\s+the\s+(?:subject|topic|issue|question|matter)\s+of|for|to|in|that|is\s+the\s+case\s+for|if|whether|with)"
)
_THINK = (
    r"(?:think|thinks|say|says|said|saying|believe|believes|believed|feel|feels|make|see|sees|view|views|stand|stands|propose|proposes|recommend|recommends|suggest|suggests|argue|argues|"
    r"want|wants|wanting|like|support|supports|supporting|back|backs|backing|oppose|opposes|opposing|favou?r|favou?rs|agree|agrees|disagree|disagrees|approve|approves|disapprove|call|calls|"
    r"calling|care|cares|expect|expects|hope|hopes|demand|demands|ask|asks|asking|campaign|campaigns|campaigning|advocate|advocates|endorse|endorses|welcome|welcomes|reject|rejects|accept|accepts|prefer|prefers|insist|insists|"
    r"regard|regards|consider|considers|characteri[sz]es?|describes?|respond|responded|comment|commented|reckon|reckons|object|objects|push|pushing|know|talk|mention|mentions|have\s+to\s+say|have\s+against)"
)
_SMALL = r"(?:\s+(?:anything|something|much|more|to\s+see|to\s+say|to\s+have|to\s+be|like\s+to\s+see|a\s+lot|it\s+is|it's|there\s+is|there\s+are|that|about|on|of|for|with\s+regards?\s+to|with\s+respect\s+to|in\s+relation\s+to|when\s+it\s+comes\s+to|with|to|in|in\s+favou?r\s+of|against|out\s+against|strongly|up\s+for|regarding|concerning|towards|the\s+idea\s+(?:of|that)|idea\s+of|should\s+happen\s+(?:to|with|about|in)|needs\s+to\s+happen\s+(?:to|with|about|in)|ought\s+to\s+happen\s+(?:to|with|about)))*"

# Who asks, and on whose behalf: staff pass enquiries on as they came. Only with a sign that an enquiry follows: "a teacher was
# asked to resign" and "head here and there" are no frames.
_ASKER = r"(?:journalist|reporter|parent|mum|dad|mother|father|governor|trustee|teacher|head(?:\s?teacher)?|principal|member|student|pupil|councillor|researcher|mp)s?"
_ASKED = (
    r"(?:(?:has\s+|have\s+)?(?:just\s+)?(?:rang|rung|called|phoned|emailed|wrote|written|been\s+in\s+touch)(?:\s+(?:in|up|us|me))?\s*,?\s*(?:asking|to\s+ask|and\s+asked|wanting\s+to\s+know)(?:\s+(?:us|me))?|"
    r"(?:has\s+|have\s+)?(?:just\s+)?asked\s+(?:us|me)|(?:is|was|are|were)\s+asking(?:\s+(?:us|me))?|wants?\s+to\s+know|would\s+like\s+to\s+know)"
)
_QUOTE = r"(?:(?:short|quick|brief|exact|direct|official|usable)\s+)?(?:quotes?|comments?|lines?|reactions?)"
_PIECE = r"(?:(?:news|feature|short|local|radio|tv|newspaper|magazine)\s+){0,2}(?:story|article|piece|feature|programme|blog|bulletin|newsletter|(?:gb\s+|board\s+|governors'\s+)?minutes)"
# "Should pupils stand in a line?" asks for no short answer.
_BRIEFLY = r"in\s+(?:an?\s+nutshell|(?:one|a\s+single)\s+(?:short\s+)?(?:line|sentence|paragraph)|an?\s+(?:short\s+)?sentence)"

_OPENERS = [
    rf"(?:(?:an?|one\s+of\s+(?:our|my))\s+)?{_ASKER}\s+on\s+(?:a\s+|tight\s+)*deadline(?:\s*[:,.]|\s+[\-–])\s*",
    r"deadline(?:\s+(?:is|at|in|by))*\s+(?:\d[\d:.]{0,4}|one|two|three|four|five|six|noon|midday)(?:\s?[ap]m|\s+(?:o'clock|minutes|mins|hours?))?(?:\s*[:,.]|\s+[\-–])\s*",
    rf"{_BRIEFLY}[\s,:]+",
    rf"(?:(?:i|we)\s+)?(?:urgently\s+|just\s+)?need\s+(?:{_NAME}'s|your|our|an?)\s+(?:(?:exact|official|published|current|quick|short)\s+)*(?:line|words|wording|quote|position|view|comment)\s+(?:on|about)\s+",
    r"(?:i'?m\s+|we're\s+)?on\s+(?:a\s+|tight\s+)*deadline(?:\s*[:,.]|\s+[\-–])\s*",
    # "As an NAHT member, ..."
    r"as\s+an?\s+(?:[\w'-]+\s+){0,3}[\w'-]+\s*,\s*",
    r"(?:(?:give|send|list)\s+(?:me\s+|us\s+)?)?(?:\w+\s+)?(?:bullet|key|main)\s+points\s+(?:on|about)\s+",
    r"(?:one|a|your)\s+(?:short\s+|quick\s+)?(?:line|sentence)\s+on\s+",
    rf"(?:an?|another|one\s+of\s+(?:our|my))\s+{_ASKER}\s+(?:wants|needs|is\s+after|asks\s+for)\s+{_PARTYS}\s+(?:(?:exact|own|precise|published|official)\s+)*(?:words|wording|{_STANCE})\s+(?:on|about|regarding)\s+(?:whether\s+)?",
    rf"(?:(?:an?|one\s+of\s+(?:our|my))\s+)?{_ASKER}\s+here(?:\s*,\s*(?:on\s+(?:a\s+)?deadline|deadline(?:\s+(?:is|of|at))?\s+[\w:.]{{1,8}}(?:\s?[ap]m)?|(?:from|in|at)\s+\w+))?(?:\s*[:,.]|\s+[\-–])\s*",
    r"(?:(?:urgent\s+)?request\s+for\s+(?:a\s+)?comment|comment\s+(?:please|request)|foi(?:\s+request)?|briefing|(?:press\s+)?(?:enquiry|query|question)|pq(?:\s+due\s+\w+)?|urgent|quick\s+(?:one|question|query))(?:\s+from\s+(?:the\s+)?[\w']{2,20})?\s*:\s*",
    r"(?:i've|i\s+have|we've|we\s+have)\s+got\s+(?:an?\s+|the\s+)?[\w']{2,20}(?:\s+on\s+the\s+(?:line|phone))?\s+(?:asking|wanting)\s+(?:about\s+|for\s+|to\s+know\s+)?",
    r"(?:i've|i\s+have|we've|we\s+have)\s+got\s+(?:an?\s+|the\s+)?[\w']{2,20}\s+on\s+the\s+(?:line|phone)\s+(?:about|asking|for)\s+",
    rf"(?:an?|another|one\s+of\s+(?:our|my))\s+{_ASKER}(?:'s|\s+has)?\s+(?:is|been)\s+on\s+the\s+phone\s+(?:asking|wanting(?:\s+to\s+know)?)\s+(?:about\s+|for\s+)?",
    rf"(?:an?|another|one\s+of\s+(?:our|my))\s+{_ASKER}\s+{_ASKED}(?:\s+(?:about|for))?\s*[:,]?\s+",
    rf"(?:i|we)(?:'d|\s+would)?\s+(?:need|want|like)\s+(?:an?|any|some)\s+{_QUOTE}\s+(?:on|about|regarding|concerning)\s+",
    rf"(?:an?|any|some)\s+{_QUOTE}(?:\s+from\s+{_PARTY})?\s+(?:on|about|regarding|concerning)\s+",
    rf"(?:can|could|may|might)\s+(?:i|we|you)\s+(?:please\s+)?(?:have|get|give\s+(?:me|us)|offer(?:\s+(?:me|us))?)\s+(?:an?|any|some)\s+{_QUOTE}(?:\s+from\s+{_PARTY})?\s+(?:on|about|regarding|concerning)\s+",
    r"what\s+(?:should|must|ought\s+to|needs\s+to|has\s+(?:got\s+)?to)\s+(?:now\s+)?(?:happen|be\s+done)\s+(?:to|with|about|for)\s+",
    r"(?:hi|hello|hey|hiya|dear\s+(?:sir\s+or\s+madam|sir/madam|sirs|sir|madam|all|colleagues?|team|ascl(?:\s+team)?)|good\s+(?:morning|afternoon|evening)|greetings)(?:\s+(?:there|all|team|ascl))*\b[\s,!.:-]*",
    r"(?:please|ok|okay|so|well|right|um+|erm+|just|quick\s+question|question|actually|sorry|thanks|thank\s+you|and|but|also)\b[\s,!.:;-]+",
    r"(?:can|could|would|will|might)\s+(?:you|i|someone|anyone|somebody|we)\s+(?:please\s+|kindly\s+|possibly\s+|just\s+)*(?:tell|explain|let|say|give|remind|clarify|outline|summari[sz]e|describe|share|confirm|advise|ask|know|find\s+out|get|set\s+out|help)\b(?:\s+(?:me|us|to\s+me|to\s+us))?(?:\s+(?:know|understand|out))?(?:\s+(?:about|a\s+(?:summary|bit)\s+(?:of|about)))?[\s,:]*",
    r"(?:please\s+)?(?:tell|explain|give|remind|show)\s+(?:me|us|to\s+me|to\s+us)(?:\s+(?:a\s+(?:summary|bit)\s+of|about|more\s+about))?[\s,:]+",
    r"(?:please\s+)?(?:explain|outline|summari[sz]e|describe|clarify|state)\s+(?=(?:ascl|your|the\s+union|the\s+association|what|why|how|where)\b)",
    r"(?:i|we)(?:'m|\s+am|'re|\s+are|'d|\s+would|\s+was|\s+were|\s+just|\s+really|'ve|\s+have)*\s+(?:just\s+)?(?:like|want|wanted|need|trying|wondering|wonder|interested|curious|keen|looking|hoping|asking|writing|enquiring|inquiring|researching)"
    r"(?:\s+(?:to\s+(?:know|find\s+out|ask(?:\s+you)?|understand|hear|see|check|learn|establish|confirm|ask\s+about)|whether|if|in|about|out|for|hearing|knowing|into))*[\s,:]+",
    rf"(?:kindly\s+|please\s+)?(?:set\s+out|quote|show|give|send|find|talk\s+me\s+through|walk\s+me\s+through|take\s+me\s+through|remind)\s+(?:me\s+|us\s+)?(?=(?:what|why|how|where|{_PARTYS})\b)",
    rf"(?:what|why|how|where|whether)\s+{_PARTY}{_ADVERB}\s+(?:{_THINK}|stand|stands){_SMALL}\b\s*",
    r"(?:may|might)\s+(?:i|we)\s+(?:ask|know|enquire)\s+(?:about\s+)?",
    r"(?:to\s+whom\s+it\s+may\s+concern|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly)\b[\s,!.:-]+",
    r"do\s+(?:you|we)\s+know\s+(?:if\s+|whether\s+|about\s+)?",
    rf"{_AUX}\s+{_PARTY}{_ADVERB}\s+(?:have|got|hold)\s+(?:anything|something|much|a\s+word)(?:\s+to\s+say)?\s+(?:on|about|regarding|for|against)\s+",
    r"(?:is\s+there|are\s+there|do\s+you\s+have|have\s+you\s+got|does\s+ascl\s+have|has\s+ascl\s+got|has\s+the\s+union\s+got|do\s+they\s+have|does\s+it\s+have)\s+(?:an?\s+|any\s+|anything\s+)?(?:(?:ascl|official|published|formal|clear|stated|agreed|current)\s+)*"
    rf"(?:{_STANCE}|anything|something|information|info)\s+(?:{_ABOUT}\s+)",
    rf"(?:what|how|where|why|which|who)?(?:\s+|(?='))?(?:is|are|was|were|'s|'re|about)?\s*{_PARTYS}\s+(?:(?:current|official|published|general|overall|own|formal|stated|main|view|latest)\s+)*{_STANCE}\s+(?:{_ABOUT}\b\s*)+",
    rf"(?:what|how|where|why|in\s+what\s+way)\s+{_AUX}\s+{_PARTY}{_ADVERB}\s+(?:(?:have|got|want|need|going|be)\s+)?{_THINK}(?:\s+{_THINK})?{_SMALL}\b\s*",
    rf"(?:what|where)\s+{_PARTY}{_ADVERB}\s+{_THINK}{_SMALL}\b\s*",
    rf"(?:why|how\s+come)\s+{_AUX}\s+{_PARTY}{_ADVERB}\s+(?:(?:so|not|in\s+favou?r\s+of|against|for|keen\s+on|opposed\s+to|in\s+support\s+of|happy\s+(?:with|about)|calling\s+for)\s*)+(?:{_THINK}{_SMALL}\b)?\s*",
    rf"{_AUX}\s+{_PARTY}{_ADVERB}\s+(?:not\s+)?(?:got\s+|made\s+|taken\s+|published\s+|issued\s+|set\s+out\s+|have\s+|hold\s+|take\s+)?(?:an?\s+|any\s+)?(?:(?:official|formal|published|clear|public)\s+)?(?:{_STANCE}|{_THINK})(?:\s+{_THINK})?{_SMALL}\b\s*",
    rf"{_AUX}\s+{_PARTY}{_ADVERB}\s+(?:(?:for|in\s+favou?r\s+of|pro)\s+or\s+(?:against|opposed\s+to|anti)|against\s+or\s+(?:for|in\s+favou?r\s+of)|in\s+favou?r\s+of|against|for|keen\s+on|opposed\s+to|in\s+support\s+of|happy\s+(?:with|about)|unhappy\s+(?:with|about)|worried\s+about|concerned\s+about|pro|anti|committed\s+to|content\s+with|critical\s+of|okay\s+with|ok\s+with|behind|calling\s+for|pleased\s+with)\s+",
    rf"(?:what|where)\s+{_AUX}\s+{_PARTY}{_ADVERB}\s+(?:stand|sit|come\s+down){_SMALL}\b\s*",
    rf"(?:what\s+)?{_PARTYS}\s+(?:(?:current|official|published|general|overall|own|formal)\s+)*{_STANCE}\s*(?:(?:is|are)\s+)?(?:{_ABOUT}\b\s*)+",
    rf"(?:{_NAME}(?:'s)?|{_UNION})\s+(?:(?:position|policy|stance|view|line|opinion|statement)s?\s+)?(?:{_ABOUT}\s+|[:\-]\s*)+",
    rf"{_STANCE}\s+(?:of\s+{_PARTY}\s+)?(?:on|about|regarding|towards)\s+",
    rf"(?:according\s+to|in\s+the\s+(?:view|opinion)\s+of)\s+{_PARTY}[\s,]+",
    r"(?:anything|something|info|information|details?)\s+(?:about|on|regarding)\s+",
    r"(?:is|isn't)\s+it\s+(?:true|right|correct|the\s+case)\s+that\s+",
    rf"{_AUX}\s+(?:{_NAME}|{_UNION})\s+(?=\w)",
    r"(?:what|how)\s+about\s+",
    r"(?:regarding|concerning|as\s+regards|as\s+to|re:|(?-i:[rR]e)|about|on\s+the\s+(?:subject|topic|issue|question)\s+of|with\s+regards?\s+to|when\s+it\s+comes\s+to|as\s+for)\s+",
]
_TIME = (
    r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m|o'clock)|noon|midday|midnight|tonight|tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:the\s+)?end\s+of\s+(?:the\s+)?(?:day|week|play)|close\s+of\s+play|lunchtime)"
)
_CLOSERS = [
    # "Teacher supply by 3pm please", but not "funding by 2030".
    rf"(?<![\s,.;–-])[\s,.;–-]+(?:(?:needed|wanted|due|deadline(?:\s+is)?)\s+)?(?:by\s+(?:{_TIME})|deadline\s+(?:is\s+)?{_TIME})(?:[\s,]+(?:please|pls|if\s+possible|thanks))?[\s?.!]*$",
    r",\s*by\s+\d{1,2}(?:[\s,]+(?:please|pls|thanks))?[\s?.!]*$",
    rf"(?<![\s,])[\s,]+{_BRIEFLY}[\s?.!]*$",
    rf"(?<![\s,])[\s,]+for\s+(?:(?:an?|my|our|the|this)\s+|(?=(?:gb|board|governors')\s)){_PIECE}(?:\s+(?:that\s+)?(?:i\s+am|i'm|we\s+are|we're)\s+(?:writing|doing|working\s+on|preparing))?[\s?.!]*$",
    rf"(?<![\s,])[\s,]+(?:according\s+to\s+{_PARTY}|in\s+{_PARTYS}\s+(?:view|opinion|eyes|mind)|from\s+{_PARTYS}\s+(?:point\s+of\s+view|perspective|side))[\s?.!]*$",
    r"(?<![\s,.!?])[\s,.!?]+(?:(?:kind(?:est)?|best|warm(?:est)?|with)\s+(?:regards|wishes)\b.*|yours\s+(?:sincerely|faithfully)\b.*)$",
    r"[,.!?]\s*regards\b.*$",
    r"(?<![\s,])[\s,]+(?:please|thanks|thank\s+you|many\s+thanks|cheers|ta|do\s+you\s+think|would\s+you\s+say|does\s+ascl\s+think|you\s+reckon|i\s+wonder)[\s?.!]*$",
]
_OPENING = [re.compile(pattern, re.IGNORECASE) for pattern in _OPENERS]
_CLOSING = [re.compile(pattern, re.IGNORECASE) for pattern in _CLOSERS]
_OWN_PRONOUN = re.compile(r"\bit(?=\s+(?:say|think|believe|feel|stand)\s+(?:about|on|of|regarding)\b)", re.IGNORECASE)
# Not after "does" or "would": "What would have government do" is no sentence that anybody could read.
_AFTER_AUXILIARY = "".join(
    rf"(?<!\b{word}\s)" for word in ("does", "do", "did", "would", "will", "is", "has", "should", "can", "could")
)
_ANYWHERE = re.compile(rf"{_AFTER_AUXILIARY}\b(?:{_NAME})(?:'s?)?(?=\W|$)\s*", re.IGNORECASE)
_STATEMENT_FRAME = re.compile(
    rf"\b(?:{_NAME}|we)\s+(?:also\s+|therefore\s+|strongly\s+|firmly\s+)*(?:believes?|supports?|thinks?|considers?|calls?\s+for|recommends?|welcomes?|would\s+like\s+to\s+see|wants?\s+to\s+see|wants?|urges?|propose[sd]?)"
    r"(?:\s+that)?\s+",
    re.IGNORECASE,
)


def without_frame(question: str) -> str:
    """What is left of a question once its frame is removed; the question itself where nothing would be left."""
    subject = plain(question)
    before = None
    while before != subject:
        before = subject
        for pattern in _OPENING:
            subject = _kept(subject, pattern.sub("", subject, count=1) if pattern.match(subject) else subject)
        for pattern in _CLOSING:
            subject = _kept(subject, pattern.sub("", subject, count=1))
    subject = _kept(subject, _ANYWHERE.sub("", subject))
    return subject.strip(" ,;:-")


def without_association(text: str) -> str:
    """A statement's words for encoding: the association's name and "ASCL believes that" taken out."""
    return " ".join(_ANYWHERE.sub("", _STATEMENT_FRAME.sub("", plain(text))).split())


def _kept(before: str, after: str) -> str:
    """``after``, unless nothing but punctuation would remain."""
    return after.strip() if any(character.isalnum() for character in after) else before


def without_own_pronoun(question: str) -> str:
    """The question without the pronoun that stands for ASCL: "What does it say about phones?" points back to nothing else."""
    return _OWN_PRONOUN.sub("", question)
