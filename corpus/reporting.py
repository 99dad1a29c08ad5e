"""Rules that know a report of what others say when they see one. Those that are hardly ever wrong decide by themselves
(:func:`surely_reports`); all of them together are one sign among the many that are weighed (:func:`reports`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    r"(?:other\s+)?unions?|spokes(?:person|man|woman)|officials?|advisers?|regulators?|exam(?:ination)?\s+boards?|awarding\s+bod(?:y|ies)|"
    r"universities|think\s+tanks?|councils?|critics|campaigners|commentators|researchers|academics|experts|employers|"
    r"(?:white|green)\s+paper|\w+\s+manifesto|petition|(?:clause|annex|option|paragraph|chapter)\s+\w+|strategy|guidance|framework|budget|"
    r"local\s+government\s+association|nga|russell\s+group|(?:county|city|borough)\s+councils?|(?<![\w'])[\w']++\s+groups|consultation(?:\s+document)?|(?:(?<![\w-])[\w-]++\s+)?review|commission|committee|report|bill|act|policy\s+exchange|"
    r"(?:children's\s+)?commissioners?(?:'s)?|people|parents|others|commentators|media|press|newspapers?)"
)
# What ASCL asks of somebody ("the government should publish ...") is no report of what they do.
_NO_DEMAND = r"(?!\b(?:should|must|ought|needs?)\b)"
# What may stand between somebody and what they say. No word can be taken in two ways: where one could, the search through
# all of them went on for ever over a plain sentence.
_JOINING = r"(?:of|for|in|on|at)"
_ASIDE = rf"(?:\s*\([^)]*\)|,[^,]{{1,60}},|\s+{_JOINING}(?:\s+{_NO_DEMAND}(?!{_JOINING}\b)[\w']++){{1,5}}|\s+(?-i:[A-Z])[\w'-]++){{0,6}}"
_HELPER = r"(?:\s+(?:has|have|had|is|are|was|were|also|now|recently|currently|already|since|previously|itself|themselves|rightly|wrongly|repeatedly|been|may|might|will|would|has\s+not|does\s+not|did\s+not|do\s+not))*"
_REPORTS = (
    r"(?:sa(?:id|ys?|ying)|stat(?:ed?|es|ing)|argu(?:ed?|es|ing)|claim(?:s|ed|ing)?|believ(?:ed?|es|ing)|announc(?:ed?|es|ing)|"
    r"propos(?:ed?|es|ing)|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|wants?|wanted|wanting|set(?:s|ting)?\s+out|recommend(?:s|ed|ing)?|suggest(?:s|ed|ing)?|"
    r"publish(?:ed|es|ing)?|think(?:s|ing)?|thought|promis(?:ed?|es|ing)|pledg(?:ed?|es|ing)|consult(?:ed|s|ing)?|launch(?:ed|es|ing)?|confirm(?:ed|s|ing)?|"
    r"call(?:s|ed|ing)?\s+for|insist(?:s|ed|ing)?|maintain(?:s|ed|ing)?|assert(?:s|ed|ing)?|conclud(?:ed?|es|ing)|found\s+that|finds\s+that|"
    r"estimat(?:ed?|es|ing)|describ(?:ed?|es|ing)|respond(?:ed|s|ing)?|told|tells?|asked|asks?|aim(?:s|ed|ing)?\s+to|hop(?:ed?|es|ing)\s+to|seek(?:s|ing)?\s+to|sought\s+to|"
    r"decid(?:ed?|es|ing)|introduc(?:ed|es|ing)|committed\s+to|commits\s+to|expect(?:s|ed|ing)?|support(?:s|ed|ing)|oppos(?:ed|es|ing)|favou?r(?:s|ed|ing)?|"
    r"reject(?:s|ed|ing)?|welcom(?:ed|es|ing)|regard(?:s|ed|ing)?|consider(?:s|ed|ing)?|contend(?:s|ed|ing)?|cit(?:ed?|es|ing)|warn(?:s|ed|ing)?|point(?:s|ed|ing)?\s+to|"
    r"see(?:s|ing)?\s+(?!fit)|saw\s+|view(?:s|ed|ing)|envisag(?:ed?|es|ing)|signal(?:s|led|ling)?|indicat(?:ed?|es|ing)|advocat(?:ed?|es|ing)|assum(?:ed?|es|ing)|"
    r"acknowledg(?:ed?|es|ing)|prefer(?:s|red)?|urg(?:ed?|es|ing)|made\s+clear|makes\s+clear|report(?:s|ed|ing)?)"
)
_OPENING = (
    r"(?:(?:however|meanwhile|at\s+present|currently|recently|today|but|and|also|similarly|in\s+response|for\s+example"
    rf"|[A-Z](?:{_NO_DEMAND}[^,.;]){{2,60}}),?\s+)?"
)
# Not after a possessive: "the government's plan is flawed" is a verdict on it.
_REPORTED = re.compile(rf"{_OPENING}{_OTHER}(?<!'s){_ASIDE}{_HELPER}\s+{_REPORTS}\b", re.IGNORECASE)
# "The Department's view is that ..." and "The government's aim is to ..."; but not "The government's plan is flawed".
_VIEW = (
    r"\s+(?:(?:own|stated|declared|general|overall|current|latest|main|clear|settled|official)\s+)*"
    r"(?:views?|position|opinion|stance|line|argument|case|contention|claim|belief|assumption|reasoning|rationale|justification|"
    r"aims?|intentions?|ambition|objective|goal|plans?|proposals?|preference|preferred\s+\w+|suggestion|expectation|estimate|thinking|concern)\s+"
    r"(?:is|was|are|were|has\s+been|remains|appears\s+to\s+be|seems\s+to\s+be)\s+(?:that|to(?!\s+be\b)|for|based|simply\s+that)\b"
)
_HELD = re.compile(rf"{_OPENING}{_OTHER}(?:'s?)?{_VIEW}", re.IGNORECASE)
_PRONOUN_HELD = re.compile(rf"(?:its|their|his|her){_VIEW}", re.IGNORECASE)
_PRONOUN_REPORTED = re.compile(rf"(?:they|it|he|she|these\s+bodies){_HELPER}\s+{_REPORTS}\b", re.IGNORECASE)
_SOMEBODY_ELSE = rf"(?!(?:our|us|(?:the\s+)?ASCL|this\s+association|the\s+association)\b)(?:{_OTHER}\b|(?:the|an?|one|some)\s+(?:[\w'-]+\s+){{0,3}}?{_OTHER}\b|(?:the\s+)?(?-i:[A-Z]))"
_ACCORDING = re.compile(
    rf"\b(?:according\s+to|in\s+the\s+(?:view|words|opinion|eyes|mind)s?\s+of)\s+{_SOMEBODY_ELSE}|\b(?:in|on|from)\s+{_OTHER}\s+"
    r"(?:views?|opinion|words|eyes|perspective|reading|account|estimate|analysis)\b",
    re.IGNORECASE,
)
# Who may say, want or find something without its being somebody else's view: ASCL and its people, evidence, and pupils.
_ASCL = r"(?:we|our|us|I|ASCL)"
_NOBODY_ELSE = (
    r"(?:(?:the|these|those|many|most|some|all|few|other|small|large|rural|good|great|local|primary|secondary|special|recent|new|latest|international|"
    r"overwhelming|our|every|each|no|any|more|better|young|older|both)\s+)*"
    r"(?:(?:head\s?teacher|leader|head|principal|member|governor|pupil|student|child|learner|lesson)s?|"
    r"(?:teacher|school|college|trust)s?(?!\s+(?:sector|minister|development|unions?|standards|commissioner|adjudicator|partnership|network|food))|"
    r"headship|children|people|profession|colleagues|research|evidence|data|figures|statistics|surveys?|stud(?:y|ies)|experience|analysis|"
    r"results|history|practice|education|what|this|that|it|they|he|she|there)\b"
)
_SUBJECT = (
    rf"(?!{_NOBODY_ELSE})"
    rf"(?:(?!\b(?:{_ASCL}|which|who|that|should|must|ought|needs?|if|when|where|because|while|although|unless|to)\b)[\w'&/-]+(?:\s*\([^)]*\))?,?\s+){{1,12}}?"
)
# Only forms that cannot be a noun or stand before one: "the proposed scale" and "the measures suggested" report nothing.
_SAYING = (
    r"(?:says|argues?|claims\s+that|believes?|thinks\s+that|suggests?|proposes?|maintains?|contends?|asserts?|insists?|envisages?|describes?|"
    r"considers?|regards?|sees|wants?\s+to|wants|wish(?:es)?\s+to|hopes?\s+(?:that|to|for)|expects|cautions?|complains?|fears?\s+that|"
    r"holds?\s+that|cites?|points?\s+to|advocates|intends?\s+to|asks?\s+(?:the|for|us|whether)|concludes?|estimates?\s+that|recommends?|"
    r"(?:takes?|took)\s+the\s+(?:view|position|line)|makes?\s+the\s+case|would\s+(?:like|prefer)|(?:is|are)\s+(?:minded|keen|determined|proposing|considering)|"
    r"presents?\s+\w+\s+options|hopes?\s+that|fears?\s+that|provides?\s+for|lists\s+the|states?\s+that|declares?|calls?\s+for|calling\s+for|promised|"
    r"envisaged|remarked|(?:is|are|was|were)\s+(?:\w+\s+)?(?:demanding|insisting|calling|adamant|understood\s+to|pressing|lobbying|campaigning)|has\s+said|"
    r"(?:has|have|had)\s+(?:\w+ly\s+)?(?:said|argued|claimed|suggested|proposed|maintained|asserted|indicated|signalled|warned|cautioned|"
    r"complained|expressed|announced|portrayed|described|called\s+for|welcomed|held\s+that|concluded|recommended|promised|pledged|stated|urged)|"
    r"(?:said|argued|claimed|suggested|proposed|warned|heard|concluded|recommended|announced|stated|told\s+\w+|believed|thought|found)\s+that)"
)
_SAID_BY_ANYBODY = re.compile(rf"{_SUBJECT}(?<!\bthe\s)(?<!\ba\s){_SAYING}\b", re.IGNORECASE)
_PLAN = r"(?:plans?|proposals?|reforms?|bill|act|scheme|measures?|framework|changes|guidance|consultation|document|paper|conservatives|labour|government)"
# What is only planned, put forward or said by nobody in particular.
_PLANNED = re.compile(
    rf"under\s+(?:{_OTHER}(?:'s?)?|the|these|its|their|current|this)\s+(?:\w+\s+){{0,2}}?{_PLAN},?\s+(?!.{{0,120}}\b(?:should|must)\b)"
    rf"|(?:the|this|these|its)\s+(?:\w+\s+){{0,2}}?{_PLAN}\s+(?:would|will)\s+(?!(?:not|harm|damage|undermine|fail|do\s+(?:nothing|little)|make\s+it\s+harder|put|lead|leave|add|cost|"
    r"mean|only|have\s+(?:a|an|the|little|no)|cause|create|risk|help|benefit|improve|be\s+(?:wrong|damaging|harmful|unworkable|welcome|bad)))"
    rf"|(?:the|this|these|its)\s+(?:\w+\s+){{0,2}}?{_PLAN}(?:,?\s+if\s+elected,?)?\s+(?:is|are|was|were)\s+(?:intended|designed|meant|expected|said|supposed|aimed)"
    r"|(?:the|one|a|another)\s+(?:\w+\s+){0,2}?(?:aim|purpose|thinking|rationale|reason|case|argument|idea|proposal|justification|intention|logic|assumption|wisdom|view)\s+"
    r"(?:of|behind|given|put|advanced|made|offered|underlying|for\s+change|in\s+\w+)\b"
    r"|there\s+are\s+(?:those|some|many)\s+who\b|what\s+(?:the|this)\s+\w+\s+(?:appears?|seems?|wants?)|to\s+hear\s+\w+"
    r"|there\s+is\s+a\s+(?:view|belief|school\s+of\s+thought|perception|feeling)\s+(?:in|among|that)"
    rf"|it\s+is\s+{_OTHER}\s+(?:view|intention|aim|plan|policy|belief|position|ambition|hope|contention|claim|argument)"
    r"|it\s+(?:is|was|has\s+been)\s+(?:suggested|proposed|envisaged|intended|expected|argued|said|claimed|announced)"
    rf"|{_OTHER}\s+would(?:,\s+if\s+elected,)?\s+(?!be\b|do\b|have\b|need\b|not\b|help|benefit)"
    r"|(?:plans|proposals)\s+(?:have|had)\s+been\s+(?:announced|published|put)"
    r"|respondents\s+are\s+(?:invited|asked)"
    r"|(?:proponents|supporters|advocates|opponents|defenders|critics|authors)\s+of\b"
    rf"|{_OTHER}(?:'s)?\s+(?:answer|response|reply)\s+(?:to|is|was)"
    r"|[^.]{0,80}\b(?:is|are|was|were)\s+(?:often\s+|widely\s+)?(?:said|thought|believed|claimed|held|deemed)\s+to\b",
    re.IGNORECASE,
)
# "Each board would be limited to two" goes on with somebody's plan; "That would be wrong" is ASCL's verdict on it.
_WOULD = re.compile(r"\b(?:would|could|might)\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:we|our|us|ASCL(?:'s)?|not|no|nor|never|nothing|little|only|wrong|mistake|error|damag\w+|harm\w*|undermin\w+|unfair\w*|perverse|worse|worst|"
    r"better|should|must|ought|welcome|help\w*|sensible|right|disast\w+|danger\w*|risk\w*|burden\w*|unworkable|unrealistic|cost\w*|instead|rather)\b",
    re.IGNORECASE,
)
_OURSELVES = r"(?:we|ASCL(?:'s\s+(?:members|leaders))?|(?:our|ASCL)\s+(?:members|leaders|colleagues))"
_LATELY = r"(?:\s+(?:has|have|had|also|just|now|often|since|repeatedly|recently|\w+ly))*"
_TOLD_US = re.compile(
    rf"(?:it\s+(?:is|was|has\s+been)\s+put\s+to\s+us|{_OURSELVES}{_LATELY}\s+(?:are|is|were|was|been|being){_LATELY}\s+"
    rf"(?:asked|told|invited|informed|advised|assured|promised)\s+(?:that|whether|to\s+believe|by\s+{_OTHER})\b)",
    re.IGNORECASE,
)
_MANY_SAY = re.compile(
    r"(?:some|many|most)\s+(?:people\s+|others\s+|commentators\s+|parents\s+|employers\s+|critics\s+)?(?:say|argue|claim|believe|think|suggest|feel)\s+that\b",
    re.IGNORECASE,
)
# "ASCL notes that the Department argues ..." passes on what somebody else says.
_HEARD = re.compile(
    rf"{_OURSELVES}{_LATELY}\s+(?:hears?|heard|notes?|noted|understands?|understood|learn(?:s|ed|t)?|asked|met|told)\s+(?:that\s+)?"
    rf"{_OTHER}(?:,?\s+who|{_ASIDE}{_HELPER})\s+{_REPORTS}\b",
    re.IGNORECASE,
)
_SAYS_THAT = re.compile(
    rf"(?:(?:at|in|on|during|last|this|earlier|again|now)\b[^,.;:]{{0,40}}?,?\s+)?{_OTHER}(?<!'s)(?!\s+of\s+our\b){_ASIDE}{_HELPER}\s+"
    r"(?:said|says?|argues?|argued|claims?|claimed|insists?|insisted|maintains?|maintained|contends?|contended|believes?|believed|told\s+\w+)\s+that\b",
    re.IGNORECASE,
)
_AS_SAID = re.compile(rf"as\s+{_OTHER}{_HELPER}\s+(?:puts?\s+it|put\s+it|has\s+it|{_REPORTS})\b", re.IGNORECASE)
_BEEN_CLEAR = re.compile(rf"{_SUBJECT}(?:has|have)\s+(?:\w+\s+)?been\s+(?:\w+\s+)?clear\b", re.IGNORECASE)
NAMES_OTHER = re.compile(rf"\b{_OTHER}\b", re.IGNORECASE)
_DEMANDS = re.compile(r"\b(?:should|must|ought|needs?)\b", re.IGNORECASE)
_BODY = (
    r"(?:(?:the|uk|welsh|labour|conservative|current|new)\s+)*(?:government|department(?:\s+for\s+education)?|dfe|ministers?|ofsted|"
    r"ofqual|treasury|labour(?:\s+party)?|conservatives?|opposition|education\s+secretary)(?:'s?)?"
)
OTHERS_PART = re.compile(
    rf"(?:what|how|why)\s+{_BODY}{_HELPER}\s+{_REPORTS}"
    rf"|{_BODY}\s+(?:\w+\s+)?(?:proposals?|plans?|views?|position|case|arguments?|announcements?|manifesto)"
    rf"|(?:proposals?|plans?|views?|arguments?)\s+(?:of|from|by)\s+{_BODY}"
    rf"|what\s+(?!(?:we|ASCL|the\s+association)\b)(?=.*\b{_OTHER}\b)[\w' -]{{1,60}}\s(?:says?|said|thinks?|wants?|argues?|proposes?|told\s+us)"
    r"|the\s+other\s+side(?:\s+of\s+the\s+argument)?"
    rf"|views\s+(?:of|from)\s+(?!(?:our|ASCL)\b)(?=.*\b{_OTHER}\b)[\w' -]{{1,60}}|(?:a\s+)?summary\s+of\s+the\s+(?:proposals?|consultation|review|plans)"
    r"|(?:the\s+)?recommendations\s+of\s+the\s+(?:[\w'-]+\s+){1,4}(?:review|report|commission|inquiry|committee)",
    re.IGNORECASE,
)
_ASIDE_SAID = re.compile(
    rf",\s+(?:it\s+is\s+(?:said|argued|claimed|suggested)|we\s+are\s+told|{_OTHER}\s+(?:says?|argues?|claims?|maintains?|believes?)|"
    r"(?:it|they|he|she|the\s+\w+)\s+(?:says?|said|argues?|maintains?|claims?|declares?)|a\s+(?:\w+\s+){1,4}(?:once\s+)?(?:said|remarked|argued)|in\s+(?:its|their|his|her)\s+(?:words|view))[,.]",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    rf"[,”\"']\s*{_OTHER}\s+(?:says?|said|told|added|argues|argued|claims?|claimed)\b|[,”\"']\s*(?:says?|said|argues|argued|claims?|claimed|according\s+to)\s+[^.]{{0,60}}?{_OTHER}",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"(?:it\s+(?:is|has\s+been|was)\s+(?:sometimes\s+|often\s+|widely\s+|frequently\s+)?(?:said|claimed|argued|suggested|proposed|announced|thought|believed)"
    r"|(?:some|many|critics|others|those\s+who\s+\w+)\s+(?:\w+\s+){0,3}?(?:say|argue|claim|believe|think|suggest|want|feel)\b)",
    re.IGNORECASE,
)
OWN = re.compile(r"\b(?:ASCL(?:'s)?|Association\s+of\s+School\s+and\s+College\s+Leaders|we|our|us)\b", re.IGNORECASE)
# ASCL speaks where it opens the sentence; that it is named somewhere in it ("the minister told ASCL") changes nobody's view.
OWN_SPEAKS = re.compile(
    r"(?:(?:in|from)\s+(?:our|ASCL's)\s+(?:view|opinion|experience|judgement)|(?:ASCL(?:'s)?|we|our)\b(?!\s+(?:are|were|have\s+been)\s+(?:told|asked)))",
    re.IGNORECASE,
)
# "Funding must follow the pupil. So says the government." gives what stands in front of it to somebody else.
DISOWNS = re.compile(
    rf"(?:so|thus|or\s+so|that's\s+what|(?:that|this|such)(?:,?\s+(?:at\s+least|in\s+short|then),?)?\s+(?:is|was)\s+what)\s+"
    rf"(?:(?:say|says|said|argue|argues|argued|claim|claims|claimed|run|runs|ran|go|goes|went|insist|insists|believe|believes|think|thinks)\s+{_OTHER}"
    rf"|{_OTHER}{_ASIDE}{_HELPER}\s+(?:{_REPORTS}|thinks?|wants?|says?|believes?))\b"
    rf"|(?:that|this|such|these|those)(?:,?\s+(?:at\s+least|in\s+short|then|broadly),?)?\s+(?:is|was|are|were|remains?)\s+(?:also\s+)?"
    rf"(?:{_OTHER}(?:'s?)?{_ASIDE}\s*(?:\w+\s+)?(?:view|position|argument|claim|case|line|thinking|stance|words?|demands?|policy|opinion|ambition|answer)s?\b"
    rf"|the\s+(?:\w+\s+)?(?:view|position|argument|claim|case|line|thinking|stance|words?|demands?|policy|opinion|message|conclusions?)s?\s+(?:of|from|put\s+(?:forward\s+)?by|made\s+by|taken\s+by)\s+{_OTHER})",
    re.IGNORECASE,
)
OPENING_MARKS = ("“", '"', "‘")
_MARKS = "“”‘’\"'-* "  # a press statement opens each paragraph of speech with a quotation mark


def reports(words: Sequence[str]) -> list[bool]:
    """For each sentence, whether a rule takes it for a report of what others say: one of the signs that are weighed."""
    reported: list[bool] = []
    for sentence in words:
        reported.append(_reports(sentence, after_other=bool(reported) and reported[-1]))
    return reported


def _reports(sentence: str, after_other: bool) -> bool:
    if surely_reports(sentence, after_other):
        return True
    sentence = sentence.lstrip(_MARKS)
    if after_other and _WOULD.search(sentence) and not _VERDICT.search(sentence):
        return True
    if _IMPERSONAL.match(sentence) or _SAID_BY_ANYBODY.match(sentence):
        return True
    return (_REPORTED.match(sentence) and not OWN_SPEAKS.match(sentence)) or (
        _PLANNED.match(sentence) is not None and not OWN.search(sentence)
    )


def surely_reports(sentence: str, after_other: bool) -> bool:
    """Whether a rule takes a sentence for a report that hardly ever takes ASCL's own words for one."""
    quoted = sentence.lstrip("-* ")[:1] in OPENING_MARKS  # "we" is then whoever is quoted
    sentence = sentence.lstrip(_MARKS)
    if quoted and _SAID_AFTER.search(sentence):
        return True
    if after_other and (_PRONOUN_REPORTED.match(sentence) or _PRONOUN_HELD.match(sentence)):
        return True
    if _SAYS_THAT.match(sentence) or _AS_SAID.match(sentence) or _BEEN_CLEAR.match(sentence):
        return True
    if _TOLD_US.match(sentence) or _HEARD.match(sentence) or _MANY_SAY.match(sentence):
        return True
    if sentence.endswith(":") and NAMES_OTHER.search(sentence) and not OWN.search(sentence) and not _DEMANDS.search(sentence):
        return True
    spoken = _HELD.match(sentence) or _SAID_AFTER.search(sentence) or _ACCORDING.search(sentence) or _ASIDE_SAID.search(sentence)
    return spoken is not None and not OWN_SPEAKS.match(sentence)
