"""Tell ASCL's own voice from sentences that report what others say or do, and positions from reasons.

Others' views must never be shown as ASCL's, so what is decided leans towards "not ASCL's own": what is wrongly held back costs
one quote, what is wrongly let through costs trust. A document's front matter can overrule it, statement by statement.

There are more ways to report somebody than rules can name. So those here are one sign among many that a learnt model
weighs (:mod:`corpus.voice_model`); only what is in so many words no statement of ASCL's is decided by a rule alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.blocks import LIST_ITEM
from corpus.models import Role, Span
from corpus.text import plain
from corpus.voice_model import load_voice_model

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
    r"local\s+government\s+association|nga|russell\s+group|(?:county|city|borough)\s+councils?|(?<![\w'])[\w']++\s+groups|consultation(?:\s+document)?|(?:[\w-]+\s+)?review|commission|committee|report|bill|act|policy\s+exchange|"
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
_SOMEBODY_ELSE = rf"(?!(?:our|us|ASCL|this\s+association|the\s+association)\b)(?:{_OTHER}\b|(?:the|an?|one|some)\s+(?:[\w'-]+\s+){{0,3}}?{_OTHER}\b|(?:the\s+)?(?-i:[A-Z]))"
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
# "Sir Michael Wilshaw: “Schools should ...”", a line of a quotation, and what a consultation puts to its readers.
_SET_OFF = re.compile(
    r"(?!ASCL\b|We\b|Our\b)[A-Z][\w.'-]*(?:\s+[\w.'-]+){0,6}:\s*[\"“]|>\s|(?:Proposal|Option|Clause)\s+\w+\s*[:.]"
)
_SAYS_THAT = re.compile(
    rf"(?:(?:at|in|on|during|last|this|earlier|again|now)\b[^,.;:]{{0,40}}?,?\s+)?{_OTHER}(?<!'s)(?!\s+of\s+our\b){_ASIDE}{_HELPER}\s+"
    r"(?:said|says?|argues?|argued|claims?|claimed|insists?|insisted|maintains?|maintained|contends?|contended|believes?|believed|told\s+\w+)\s+that\b",
    re.IGNORECASE,
)
_AS_SAID = re.compile(rf"as\s+{_OTHER}{_HELPER}\s+(?:puts?\s+it|put\s+it|has\s+it|{_REPORTS})\b", re.IGNORECASE)
_BEEN_CLEAR = re.compile(rf"{_SUBJECT}(?:has|have)\s+(?:\w+\s+)?been\s+(?:\w+\s+)?clear\b", re.IGNORECASE)
_NAMES_OTHER = re.compile(rf"\b{_OTHER}\b", re.IGNORECASE)
_DEMANDS = re.compile(r"\b(?:should|must|ought|needs?)\b", re.IGNORECASE)
_BODY = (
    r"(?:(?:the|uk|welsh|labour|conservative|current|new)\s+)*(?:government|department(?:\s+for\s+education)?|dfe|ministers?|ofsted|"
    r"ofqual|treasury|labour(?:\s+party)?|conservatives?|opposition|education\s+secretary)(?:'s?)?"
)
_OTHERS_PART = re.compile(
    rf"(?:what|how|why)\s+{_BODY}{_HELPER}\s+{_REPORTS}"
    rf"|{_BODY}\s+(?:\w+\s+)?(?:proposals?|plans?|views?|position|case|arguments?|announcements?|manifesto)"
    rf"|(?:proposals?|plans?|views?|arguments?)\s+(?:of|from|by)\s+{_BODY}"
    r"|what\s+(?!(?:we|ASCL|the\s+association)\b)(?:[\w'-]+\s+){1,6}(?:says?|said|thinks?|wants?|argues?|proposes?|told\s+us)"
    r"|(?:the\s+)?arguments?\s+(?:for|against)(?:\s+[\w'-]+){0,4}|the\s+other\s+side(?:\s+of\s+the\s+argument)?"
    r"|views\s+(?:of|from)\s+(?!(?:our|ASCL)\b)(?:[\w'-]+\s*){1,5}|(?:a\s+)?summary\s+of\s+the\s+(?:proposals?|consultation|review|plans)"
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
_OWN = re.compile(r"\b(?:ASCL(?:'s)?|Association\s+of\s+School\s+and\s+College\s+Leaders|we|our|us)\b", re.IGNORECASE)
# ASCL speaks where it opens the sentence; that it is named somewhere in it ("the minister told ASCL") changes nobody's view.
_OWN_SPEAKS = re.compile(
    r"(?:(?:in|from)\s+(?:our|ASCL's)\s+(?:view|opinion|experience|judgement)|(?:ASCL(?:'s)?|we|our)\b(?!\s+(?:are|were|have\s+been)\s+(?:told|asked)))",
    re.IGNORECASE,
)
_NORMATIVE = re.compile(
    r"\b(?:should|must|ought|needs?|needed|want|wants|would\s+like|believes?|supports?|opposes?|welcomes?|calls?\s+(?:for|on)|urges?|recommends?|"
    r"urgently|priority|essential|vital|crucial|key\s+to|not\s+appropriate|inappropriate|unacceptable|wrong|right|would\s+(?:help|ensure|be)|"
    r"vision|committed|will\s+continue|in\s+favour|against|agrees?|disagrees?|concerned|propose|ask)\b",
    re.IGNORECASE,
)
# "Funding must follow the pupil. So says the government." gives what stands in front of it to somebody else.
_DISOWNS = re.compile(
    rf"(?:so|thus|or\s+so|that's\s+what|(?:that|this|such)(?:,?\s+(?:at\s+least|in\s+short|then),?)?\s+(?:is|was)\s+what)\s+"
    rf"(?:(?:say|says|said|argue|argues|argued|claim|claims|claimed|run|runs|ran|go|goes|went|insist|insists|believe|believes|think|thinks)\s+{_OTHER}"
    rf"|{_OTHER}{_ASIDE}{_HELPER}\s+(?:{_REPORTS}|thinks?|wants?|says?|believes?))\b"
    rf"|(?:that|this|such|these|those)(?:,?\s+(?:at\s+least|in\s+short|then|broadly),?)?\s+(?:is|was|are|were|remains?)\s+(?:also\s+)?"
    rf"(?:{_OTHER}(?:'s?)?{_ASIDE}\s*(?:\w+\s+)?(?:view|position|argument|claim|case|line|thinking|stance|words?|demands?|policy|opinion|ambition|answer)s?\b"
    rf"|the\s+(?:\w+\s+)?(?:view|position|argument|claim|case|line|thinking|stance|words?|demands?|policy|opinion|message|conclusions?)s?\s+(?:of|from|put\s+(?:forward\s+)?by|made\s+by|taken\s+by)\s+{_OTHER})",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:said|says|stated|states|told|wrote|writes|argues|argued|claims|claimed|added|adds)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[\s,]*[a-z][^.!?]*|,[^.!?]*")
_TO_THE_STOP = re.compile(r"[^.!?]*")
_OPENING_MARKS = ("“", '"', "‘")
_POST = (
    r"(?:(?:interim|acting|deputy|assistant|vice)\s+)*(?:general\s+secretary|president|director(?:\s+of\s+(?:\w+\s+){0,3}\w+)?|(?:\w+\s+)?(?:specialist|consultant|adviser|leader)|"
    r"head\s+of\s+(?:\w+\s+){0,2}\w+|chief\s+executive)"
)
_THE_ASSOCIATION = r"(?:ASCL|(?:the\s+)?Association\s+of\s+School\s+and\s+College\s+Leaders)(?:\s+\(ASCL\))?"
_NAME = r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){1,3}"
_SPEAKS_FOR_ASCL = re.compile(
    rf"(?P<after>{_NAME}),\s+(?:the\s+)?(?:{_THE_ASSOCIATION}(?:'s)?\s+(?i:{_POST})|(?i:{_POST})\s+(?:of|at|for|with)\s+{_THE_ASSOCIATION})"
    rf"|{_THE_ASSOCIATION}(?:'s)?\s+(?i:{_POST}),?\s+(?P<before>{_NAME})"
)
_PERSON_SAYS = re.compile(
    r"(?:(?:Ms|Mr|Mrs|Miss|Dr|Sir|Dame|Professor)\s+)?(?:[A-Z][\w’'-]+\s+)?([A-Z][\w’'-]+)\s+(?:also\s+)?(?:said|says|added|told|warned|argued|continued)\b"
)
_INTRODUCES = re.compile(
    r"\s+(?:has\s+|have\s+)?(?:said|says|added|adds|told\s+[^:“]{1,60}|commented|comments|continued|responded|warned|argued)\b[^:“]{0,60}?(?::|\s“)",
    re.IGNORECASE,
)
_ASCL_AT_END = re.compile(
    rf"(?:\bwe|\b{_THE_ASSOCIATION}|{_THE_ASSOCIATION}(?:'s)?\s+{_POST}(?:,?\s+{_NAME})?|\bour\s+{_POST}(?:,?\s+{_NAME})?"
    rf"|{_POST}\s+(?:of|at|for|with)\s+{_THE_ASSOCIATION})$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{25,})[”\"]")
_MARKS = "“”‘’\"'-* "  # a press statement opens each paragraph of speech with a quotation mark
_QUESTION_LABEL = re.compile(r"(?:Q(?:uestion)?\s*\d+[a-z]?\s*[.:)])", re.IGNORECASE)


def own_voices(text: str, sentences: Sequence[Span]) -> tuple[bool, ...]:
    """For each sentence, whether ASCL says it itself rather than reporting what others say, or asking."""
    words = [plain(sentence.of(text)) for sentence in sentences]
    listed = in_list(text, sentences)
    others = load_voice_model().others(words, reports(words))
    never = _never_own(text, sentences, words)
    people = speakers_of_ascl(text)
    speech = _in_speech_of(text, sentences)
    voices: list[bool] = []
    for place, sentence in enumerate(words):
        begun = speech[place]
        if begun is not None and not voices[begun]:
            voices.append(False)
            continue
        if place not in never and _introduces_ascl(sentence, people):
            voices.append(True)
            continue
        after_other = place > 0 and not voices[-1] and not words[place - 1].endswith("?")
        own = place not in never and not surely_reports(sentence, after_other)
        # The items of a list say nothing without the words above them, and are whose these are.
        above = listed[place]
        voices.append(own and (others[place] < 0 if above is None else voices[above]))
    return tuple(voices)


def _in_speech_of(text: str, sentences: Sequence[Span]) -> list[int | None]:
    """For each sentence that goes on with a quotation, the place of the one that it was begun in; None for the others.

    "“We have run out of road,” said Paul Gethin. “Schools must be funded properly.”" goes on with what was begun before.
    """
    begun: list[int | None] = []
    speaking: int | None = None
    spoke: int | None = None
    for place, sentence in enumerate(sentences):
        said = sentence.of(text)
        resumed = spoke is not None and spoke == place - 1 and said.lstrip()[:1] in _OPENING_MARKS
        above = speaking if speaking is not None else (place - 1 if resumed else None)
        begun.append(above)
        opened, closed = said.count("“"), said.count("”")
        # A paragraph that opens with a mark says nobody's name: whose speech it is was said in the block before.
        if speaking is None and opened > closed and (above is not None or not said.lstrip().startswith("“")):
            speaking = place if above is None else above
        elif speaking is not None and closed > opened:
            speaking = None
        if opened or closed or '"' in said:
            spoke = place
    return begun


@lru_cache(maxsize=8)
def speakers_of_ascl(text: str) -> frozenset[str]:
    """The surnames of those whom a document says to speak for ASCL: "Tom Bright, deputy general secretary of ASCL"."""
    named = (found["after"] or found["before"] for found in _SPEAKS_FOR_ASCL.finditer(plain(text)))
    return frozenset(name.split()[-1] for name in named)


def _introduces_ascl(sentence: str, people: frozenset[str]) -> bool:
    """Whether a sentence says that ASCL, or somebody who speaks for it, says something."""
    told = _PERSON_SAYS.match(sentence)
    if told is not None and told[1] in people:
        return True
    found = _INTRODUCES.search(sentence)
    if found is None:
        return False
    speaker = sentence[: found.start()].rstrip(" ,")
    return _ASCL_AT_END.search(speaker) is not None or speaker.rpartition(" ")[2] in people


def in_list(text: str, sentences: Sequence[Span]) -> list[int | None]:
    """For each sentence that stands in the items of a list, the place of the sentence above the list; None for the others."""
    above: list[int | None] = []
    for place, sentence in enumerate(sentences):
        item = LIST_ITEM.match(plain(sentence.of(text))) is not None
        goes_on = place > 0 and above[-1] is not None and "\n" not in text[sentences[place - 1].end : sentence.start]
        if item and place > 0:
            above.append(place - 1 if above[-1] is None else above[-1])
        else:
            above.append(above[-1] if goes_on else None)
    if sentences and LIST_ITEM.match(plain(sentences[0].of(text))):
        return [None] * len(sentences)  # a list without words above it
    return above


def reports(words: Sequence[str]) -> list[bool]:
    """For each sentence, whether a rule takes it for a report of what others say: one of the signs that are weighed."""
    reported: list[bool] = []
    for sentence in words:
        reported.append(_reports(sentence, after_other=bool(reported) and reported[-1]))
    return reported


def _never_own(text: str, sentences: Sequence[Span], words: Sequence[str]) -> frozenset[int]:
    """Places of the sentences that are nobody's statement, or in so many words somebody else's."""
    found = {place for place, sentence in enumerate(words) if _states_nothing(sentence)}
    for place, sentence in enumerate(words):
        if not _DISOWNS.match(sentence):
            continue
        found.add(place)
        for before in range(place - 1, -1, -1):
            if before in found or _OWN.search(words[before]):
                break
            found.add(before)
    for said in _speech_of_others(text, sentences):
        found |= {place for place, one in enumerate(sentences) if one.start < said.end and said.start < one.end}
    return frozenset(found)


def _states_nothing(sentence: str) -> bool:
    """A question, the label of one, what stands in a quotation of somebody else's, or no words at all."""
    worded = any(character.isalnum() for character in sentence)
    return not worded or sentence.endswith("?") or (_QUESTION_LABEL.match(sentence) or _SET_OFF.match(sentence)) is not None


class Introduced:
    """What a section's heading, or the block before, says of whose words follow: a colon carries over a blank line."""

    def __init__(self, heading: str) -> None:
        self._others_part = _OTHERS_PART.fullmatch(plain(heading)) is not None
        self._colon = self._speech = False

    def voices(self, words: str, sentences: Sequence[str], voices: Sequence[bool]) -> tuple[bool, ...]:
        """The voices of the next block, ``words``, as they are once what stands before it is heard."""
        quoted = words.lstrip()[:1] in ("“", '"')
        attributed = self._colon or (self._speech and quoted)
        own = tuple(
            voice and not attributed and (not self._others_part or _OWN_SPEAKS.match(plain(sentence)) is not None)
            for voice, sentence in zip(voices, sentences, strict=True)
        )
        # Speech goes on for as long as paragraphs open with a quotation mark.
        self._speech = attributed and quoted
        self._colon = words.rstrip().endswith(":") and not own[-1]
        return own


def role_of(text: str, sentences: Sequence[Span], voices: Sequence[bool]) -> Role:
    """Position where ASCL's own voice says what ought to be, reason where it explains, context where it is not ASCL's."""
    own = [plain(sentence.of(text)) for sentence, voice in zip(sentences, voices, strict=True) if voice]
    if not own:
        return Role.CONTEXT
    return Role.POSITION if any(_NORMATIVE.search(sentence) for sentence in own) else Role.REASON


def _reports(sentence: str, after_other: bool) -> bool:
    if surely_reports(sentence, after_other):
        return True
    sentence = sentence.lstrip(_MARKS)
    if after_other and _WOULD.search(sentence) and not _VERDICT.search(sentence):
        return True
    if _IMPERSONAL.match(sentence) or _SAID_BY_ANYBODY.match(sentence):
        return True
    return (_REPORTED.match(sentence) and not _OWN_SPEAKS.match(sentence)) or (
        _PLANNED.match(sentence) is not None and not _OWN.search(sentence)
    )


def surely_reports(sentence: str, after_other: bool) -> bool:
    """Whether a rule takes a sentence for a report that hardly ever takes ASCL's own words for one."""
    quoted = sentence.lstrip("-* ")[:1] in _OPENING_MARKS  # "we" is then whoever is quoted
    sentence = sentence.lstrip(_MARKS)
    if quoted and _SAID_AFTER.search(sentence):
        return True
    if after_other and (_PRONOUN_REPORTED.match(sentence) or _PRONOUN_HELD.match(sentence)):
        return True
    if _SAYS_THAT.match(sentence) or _AS_SAID.match(sentence) or _BEEN_CLEAR.match(sentence):
        return True
    if _TOLD_US.match(sentence) or _HEARD.match(sentence) or _MANY_SAY.match(sentence):
        return True
    if sentence.endswith(":") and _NAMES_OTHER.search(sentence) and not _OWN.search(sentence) and not _DEMANDS.search(sentence):
        return True
    spoken = _HELD.match(sentence) or _SAID_AFTER.search(sentence) or _ACCORDING.search(sentence) or _ASIDE_SAID.search(sentence)
    return spoken is not None and not _OWN_SPEAKS.match(sentence)


def _speech_of_others(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Quoted passages whose speaker, named just before or after, is not ASCL."""
    if not sentences:
        return []
    start, end = sentences[0].start, sentences[-1].end
    found = []
    for quoted in _QUOTED.finditer(text, start, end):
        before = plain(text[max(start, quoted.start() - 90) : quoted.start()])
        # Only so far as the sentence goes on behind the mark: what ASCL answers names nobody who spoke.
        goes_on = _TO_THE_STOP if quoted[1].rstrip().endswith(",") else _GOES_ON
        behind = goes_on.match(plain(text[quoted.end() : min(end, quoted.end() + 90)]))
        around = f"{before} | {behind[0] if behind else ''}"
        if _SPOKEN.search(around) and _NAMES_OTHER.search(around) and not _OWN.search(around):
            found.append(Span(quoted.start(), quoted.end()))
    return found
