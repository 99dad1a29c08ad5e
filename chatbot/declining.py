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
    r"|\b(?:taken|took|taking)\s+(?:an\s+)?overdose\b|\bcan'?t\s+go\s+on\s+(?:any\s*more|like\s+this|living)\b|\b(?:isn'?t|not|stopped)\s+breathing\b|\b(?:has|have|just|been|was|is)\s+(?:\w+\s+)?(?:stabbed|shot|collapsed)\b(?=[^?]*$)"
    r"|\b(?:won'?t|will\s+not|can'?t|cannot)\s+wake\s+(?:up|(?:him|her|them)\s+up)\b|\bthere(?:'s|\s+is|\s+are)\s+(?:an?\s+)?(?:\w+\s+){0,3}?(?:fire|gunman|shooter|intruder|knife|gun|bomb|body)\b[^?]{0,60}\b(?:right\s+now|now|inside|outside|in\s+(?:the|our|my)\s+(?:school|playground|hall|block|building|classroom|corridor|car\s+park|yard))\b"
    r"|\b(?:he|she|they|someone|somebody|a\s+(?:man|boy|girl|pupil|student|parent)|intruder)(?:'s|\s+has|\s+have|'ve|\s+is)\s+(?:got\s+|carrying\s+|holding\s+|waving\s+)?an?\s+(?:\w+\s+)?(?:gun|knife|weapon|machete|bomb)\b(?=[^?]*$)|\bthere'?s\s+a\s+bomb\b|\bcall\s+saying\s+there(?:'s|\s+is)\s+a\s+bomb\b"
    r"|\b(?:standing|sitting|stood|sat|climbed)\s+(?:up\s+)?on\s+(?:the|a)\s+(?:\w+\s+)?(?:bridge|roof|ledge|edge|railway|tracks?|windowsill)\b|\bthreaten(?:s|ed|ing)\s+to\s+(?:kill|stab|shoot|hurt|jump)\b(?=[^?]*$)|\b(?:says?|said|saying|told\s+\w+|texted|messaged)\s+(?:that\s+)?(?:he|she|they)\s+(?:wants?\s+to\s+die|(?:is|are|'s)\s+going\s+to\s+(?:kill|hurt|end)|can'?t\s+go\s+on|doesn'?t\s+want\s+to\s+live)\b"
    r"|\b(?:cut|cutting|hurt|harmed|harming)\s+(?:him|her|them)sel(?:f|ves)\s+(?:really\s+|very\s+|so\s+)?(?:badly|again|now|tonight|deeply)\b|\btexted\s+me\s+goodbye\b|\b(?:tablets|pills)\s+in\s+front\s+of\s+me\b",
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
    r"|\bforget\s+(?:that\s+)?you\s+(?:can|may|must|should|are|only)\b|\bchange\s+your\s+(?:position|view|mind|policy|answer|stance)\b|\b(?:do|finish|complete|answer)\s+my\s+(?:\w+[\s-]+){0,4}?(?:essay|homework|coursework|assignment|dissertation|exam|quiz|application)\b|^\W*write\s+to\s+(?:me|us|my|the|them)\b|</\w+>|\bnew\s+task\s*:|\bin\s+your\s+own\s+(?:words|opinion)\b.*\b(?:own\s+opinion|not\s+quot|without\s+quot)|\blist\s+the\s+files\b"
    r"|^\W*(?:sudo|select\s+\*|drop\s+table|print\s*\(|import\s+os|exec\b|eval\b|<script)",
    _I,
)
_PERSONAL_THING = r"(?:(?:home|private|personal|direct|mobile|work)\s+)*(?:address(?:es)?|phone(?:\s+numbers?)?|telephone(?:\s+numbers?)?|mobile(?:\s+numbers?)?|numbers?|e-?mails?(?:\s+address(?:es)?)?|contact\s+details|date\s+of\s+birth|birthday|national\s+insurance\s+number|bank\s+details|medical\s+records?|salary|salaries|whatsapp|personal\s+details|personal\s+data|password|membership\s+(?:number|details|record|list)|religion|sexuality|age|disciplinary\s+record|home|house)"
_PERSON = r"(?:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)+|(?:the\s+|your\s+|ascl(?:'s)?\s+|our\s+|my\s+)+(?:\w+\s+){0,2}?(?:general\s+secretary|president|secretary|head(?:teacher|\s+teacher)?|principal|chief\s+executive|ceo|staff|members?|teachers?|director|chair|press\s+officer|inspector|councillors?|policy\s+\w+|officers?|leaders?|minister)|(?:him|her|them|he|she|someone|a\s+member|members|pupils?|a\s+pupil|a\s+teacher|children))"
_PERSONAL_DATA = re.compile(
    rf"\b{_PERSONAL_THING}\s+(?:of|for|belonging\s+to)\s+(?:(?-i:{_PERSON})|(?:the|your|ascl's|our|every|all|each|a|named?)\s+(?:\w+\s+){{0,3}}?(?:general\s+secretary|president|head(?:teacher)?|principal|chief\s+executive|ceo|members?|director|press\s+officer|staff|teachers?|pupils?|officers?|leaders?|inspectors?|headteachers?|heads))\b"
    rf"|(?:(?-i:\b{_PERSON})|\b(?:general\s+secretary|president|headteacher|principal|chief\s+executive|ceo|member|director|head|teacher|press\s+officer|leader|inspector|pupil|child|man|woman|lady))(?:'s)\s+(?:(?:home|private|personal|direct|mobile|work|current|exact)\s+)*(?:address(?:es)?|phone|telephone|mobile|(?:phone\s+)?number|e-?mail|contact\s+details|date\s+of\s+birth|birthday|salary|bank\s+details|medical|whatsapp|personal|password|membership|religion|sexuality|age\b|home\b|husband|wife|children|disciplinary)"
    r"|\bwhere\s+(?:does|do|is|did)\s+(?:(?-i:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)+)|(?:your|the|ascl's)\s+(?:\w+\s+)?(?:general\s+secretary|president|head|headteacher|ceo|chief\s+executive|principal))\s+(?:live|living)\b|\bhow\s+(?:old|much\s+(?:is|does))\s+(?:is\s+)?(?:your|the|ascl's)\s+(?:general\s+secretary|president|chief\s+executive|ceo)\b"
    r"|\b(?:list|names?|details|database|records?|emails?|addresses|numbers)\s+of\s+(?:all\s+|every\s+|the\s+|your\s+|ascl(?:'s)?\s+)*(?:members|headteachers\s+in|pupils\s+(?:in|at|who)|teachers\s+(?:in|at|who)|staff)\b|\bis\s+(?:(?-i:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)+)|my\s+\w+)\s+(?:an?\s+)?(?:ascl\s+)?member\b"
    r"|\bwho\s+is\s+the\s+(?:head|headteacher|principal)\s+(?:of|at)\s+(?-i:[A-Z])"
    r"|\bwhere\s+(?:does|do|is|did)\s+(?:the\s+)?(?:head|headteacher|principal|chair|inspector|teacher|ceo)\s+(?:of|at|from)\s+[^?]{2,40}\s+(?:live|living)\b|\b(?:mr|mrs|ms|miss|dr)\.?\s+(?-i:[A-Z])\w+\b[^?.!]{0,60}\b(?:member|address|e-?mail|phone|number|live|lives|married|salary|paid|earn|sacked|suspended|disciplined|ill|sick|gay|pregnant|age|old)\b"
    r"|\b(?:has|have|had|is|was|did|does)\s+(?-i:[A-Z]\w+\s+[A-Z]\w+)\s+(?:\w+\s+){0,5}?(?:disciplined|suspended|sacked|arrested|married|ill|pregnant|paid|a\s+member|dismissed|convicted|sick|divorced|gay)\b"
    r"|\bhow\s+much\s+(?:is|are|does|do|was)\s+(?:your|the|ascl's|a)\s+(?:\w+\s+){0,4}?(?:paid|earn|earning|make|making)\b|\b(?:is|are)\s+(?:he|she|they|your\s+\w+(?:\s+\w+)?)\s+(?:married|divorced|gay|straight|pregnant|single|religious)\b|\bhave\s+any\s+health\s+(?:problems|conditions|issues)\b"
    r"|\bname\s+of\s+the\s+(?:teacher|head|headteacher|pupil|boy|girl|parent|child|inspector|member|student|victim)\b|\bwho\s+(?:are|is|were|was)\s+the\s+(?:parents?|mother|father|victim|pupil|boy|girl|child|teacher|member)s?\s+(?:of|who|that|at|from)\b|\bwhich\s+of\s+your\s+members\b|\bwhich\s+members\s+(?:have|has|are|complained|asked|left)\b"
    r"|\b(?:hold|have|keep|store|stored|know|recorded)\s+(?:on|about)\s+(?:me|my\s+\w+|us)\b|\b(?:delete|remove|erase|update|change|send\s+me|show\s+me|access|correct)\s+(?:all\s+)?my\s+(?:records?|data|details|account|membership|information|file|personal\s+\w+)\b|\bmy\s+membership\s+(?:number|details|record|card)\b|\b(?:other|else|previous)\s+(?:people|users?|askers?|person)\s+(?:have\s+)?(?:asked|ask|said|typed|searched)\b|\bwho\s+(?:else\s+)?(?:has|have)\s+(?:asked|used|been\s+using)\s+(?:you|this)\b|\bmy\s+(?:ip\s+address|location)\b",
    _I,
)
_MINE = r"\b(?:my|our)\s+(?:\w+\s+){0,2}?(?:school|head(?:teacher)?|employer|boss|governors?|governing\s+body|son|daughter|child(?:ren)?|kids?|pay|contract|job|case|pension|college|grievance|trust|line\s+manager|manager|maternity|sick\s+leave|union\s+rep|class|wife|husband|teacher|redundancy|capability|disciplinary|hearing|appeal|dismissal|solicitor|notice|exclusion|ehcp|salary)\b"
_ASKS_HELP = r"\b(?:can\s+(?:i|we|they|he|she|you\s+help|my)|should\s+(?:i|we)|what\s+(?:can|should|do|could|must)\s+(?:i|we)|how\s+(?:do|can|should|would|could)\s+(?:i|we)|do\s+i\s+have|am\s+i|are\s+(?:we|they)\s+allowed|is\s+(?:it|this|that)\s+(?:legal|lawful|illegal|allowed)|advice|advise|help\s+(?:me|us)|entitled|my\s+rights?|legal\s+rights|sue|tribunal|compensation|who\s+(?:do|can|should)\s+i|represent\s+me|legally|allowed\s+to|on\s+my\s+behalf|take\s+(?:up|on)\s+my|refuse)\b"
_ADVICE = re.compile(
    rf"(?:{_MINE}[^\n]*{_ASKS_HELP}|{_ASKS_HELP}[^\n]*{_MINE})"
    r"|\b(?:can|could|should|may|how\s+(?:do|can|should|would)|am|do|must|will|have)\s+i\b[^.?!]{0,80}\b(?:sue|appeal|complain|resign|tribunal|entitled|legal(?:ly)?|grievance|dismiss(?:ed)?|sack(?:ed)?|redundan(?:t|cy)|suspended|compensation|take\s+(?:them|him|her|the\s+school|legal)|strike\s+legally|fined?|notice|maternity|sick\s+pay|pension|unfair\s+dismissal|contract|remove\s+my\s+child|keep\s+my\s+child|lawyer|solicitor|fire\s+a|be\s+(?:fired|sacked|made\s+to|forced))\b"
    r"|\bi(?:'ve|\s+have|'m|\s+am|\s+was|\s+got|\s+just\s+got|'ve\s+just|\s+have\s+just)\s+(?:just\s+|recently\s+|unfairly\s+|being\s+|been\s+|about\s+to\s+be\s+)*(?:suspended|dismissed|sacked|fired|made\s+redundant|bullied|disciplined|excluded|put\s+on\s+capability|harassed|accused|under\s+investigation|discriminated)\b"
    r"|\bhow\s+(?:do|can|should|would)\s+(?:i|we)\s+(?:\w+\s+){0,2}?(?:complain|make\s+a\s+complaint|lodge|appeal|challenge|report\s+(?:a|my|the)|get\s+out\s+of|raise\s+a|claim)\b|\bam\s+i\s+(?:due|owed|personally\s+liable|liable|breaking\s+the\s+law|obliged|required)\b|\bcan\s+you\s+(?:check|look\s+at|review|read|go\s+through)\s+(?:my|the|our|this)\s+(?:\w+\s+){0,2}?(?:contract|agreement|letter|policy|grievance|statement|offer|case|terms)\b"
    r"|\b(?:what|which|how\s+much)\b[^.?!]{0,60}\b(?:ought|should|must|do|can)\s+i\s+(?:to\s+)?(?:cut|pay|sack|dismiss|say\s+to|tell|do\s+about|put\s+in|sign|offer)\b|\bi(?:'m|\s+am)\s+(?:dismissing|sacking|resigning|suspending|excluding|being\s+investigated)\b|\bmy\s+(?:nqt|ect|ta|deputy|bursar|caretaker|colleague|trainee)\b[^?]{0,80}\b(?:can|should|must|may|do)\s+(?:i|we)\b|\bcan\s+(?:my|our)\s+(?:academy|school|college|trust|head|governors|employer)\s+(?:refuse|make|force|stop|sack|dismiss|exclude|fine|insist|legally|change)\b"
    r"|\b(?:need|want|give\s+me|get|for|seeking|some|offer|provide)\s+(?:\w+\s+){0,2}?legal\s+(?:advice|help|representation|support)\b|\bis\s+it\s+(?:legal|lawful|illegal|against\s+the\s+law)\b|\bwhat\s+(?:are|is)\s+(?:my|our)\s+(?:legal\s+)?(?:rights?|position|options|entitlement)\b|\bhelp\s+(?:me|us)\s+(?:with|fight|win|appeal|challenge|write|deal)\b|\b(?:can|could|will)\s+(?:ascl|you|the\s+union)\s+(?:represent|defend|help|support|advise)\s+(?:me|us)\b|\bam\s+i\s+(?:entitled|allowed|covered|eligible)\b",
    _I,
)
_BODY = r"(?:(?:the\s+)?(?:neu|nasuwt|naht|nut|atl|ucu|unison|gmb|unite|voice|edapt|aep|naht\s+edge|nga|cst|confederation\s+of\s+school\s+trusts|association\s+of\s+colleges|sixth\s+form\s+colleges\s+association|aoc|sfca|chartered\s+college(?:\s+of\s+teaching)?|tes|guardian|bbc|daily\s+mail|sutton\s+trust|nfer|epi|education\s+policy\s+institute|ifs|cbi|tuc|eis|nasen|welsh\s+government|scottish\s+government|senedd|dfe|department\s+for\s+education|department\s+of\s+education|government|ministers?|education\s+secretary|secretary\s+of\s+state|schools\s+minister|prime\s+minister|chancellor|treasury|labour(?:\s+party)?|conservatives?|conservative\s+party|tor(?:y|ies)|tory\s+party|lib(?:eral)?\s+dem(?:ocrat)?s?|reform(?:\s+uk)?|green\s+party|greens|snp|ofsted|ofqual|hmci|chief\s+inspector|estyn|national\s+education\s+union|national\s+association\s+of\s+head\s?teachers|opposition|parents'?\s+groups?|parentkind|other\s+(?:teaching\s+|teachers'?\s+|education\s+)?unions|teaching\s+unions|(?-i:[A-Z][a-z]+\s+[A-Z][a-z]+)))"
_OTHER_BODY = re.compile(
    rf"^(?:has|have)\s+{_BODY}\s+got\s+an?\s+(?:view|position|policy|line)\b|\b{_BODY}'s\s+(?:findings|evidence|research|curriculum\s+policy|education\s+policy|funding\s+policy|figures|reports?)\b|\b(?:more|less)\s+\w+(?:\s+\w+)?\s+than\s+(?:the\s+)?(?:neu|nasuwt|naht|ucu|unison|dfe|labour|conservatives|tories)\b"
    rf"|^(?:[^,.?!]{{0,40}}[,.!]\s*)?(?:(?:please|so|and|ok|tell\s+me|do\s+you\s+know|can\s+you\s+tell\s+me|i(?:'d|\s+would)\s+like\s+to\s+know|explain)\s+)*(?:what|where|how|why)\s+(?:does|do|did|is|are|has|have|will|would)\s+{_BODY}(?:'s)?\s+(?:\w+\s+)?(?:think|say|said|believe|want|propos\w+|view|views|position|policy|stance|opinion|line|feel|stand|plan\w*|promis\w+|argu\w+|campaign\w*|claim\w*|support|oppose|respond\w*|announc\w+|saying|doing|going|reckon|recommend\w*|manifesto|demand\w*|approach|make)\b"
    rf"|^(?:\w+\s+){{0,4}}?what\s+{_BODY}\s+(?:thinks?|says?|said|believes?|wants?|proposes?)\b"
    rf"|^(?:and\s+)?(?:does|do|did|is|are|has|have|will|would)\s+{_BODY}\s+(?:\w+\s+)?(?:support|back|think|believe|want|oppose|favou?r|agree|in\s+favou?r|against|for\s+or|said|published|call\w*|endorse|campaign\w*|like|recommend|plan\w*|have\s+a\s+(?:position|policy|view))\b"
    rf"|\b{_BODY}(?:'s|s'|’s)\s+(?:\w+\s+){{0,2}}?(?:view|views|position|policy|stance|opinion|line|take|manifesto|response|thoughts|plans?|proposals?)\s+(?:on|about|of|for|regarding|towards)\b"
    rf"|^(?:\w+\s+){{0,3}}?(?:view|views|position|policy|stance|opinion|line|take|manifesto)\s+of\s+{_BODY}\b|\baccording\s+to\s+{_BODY}\b|^{_BODY}\s+(?:view|views|position|policy|stance|opinion|line|take|manifesto)\b"
    rf"|\b(?:compare|compared|comparison|differ|differs|different|difference|differences|better|worse|versus|vs\.?|rather\s+than|instead\s+of|agree|agrees|disagree|disagrees|similar|contrast|as\s+opposed\s+to|side\s+with|in\s+line\s+with|closer)\b[^.?!]{{0,60}}\b(?:neu|nasuwt|naht|nut|ucu|unison|nga|cst|national\s+education\s+union|national\s+association\s+of\s+head\s?teachers|other\s+(?:teaching\s+|teachers'?\s+|education\s+|school\s+)?unions|labour|conservatives?|tories|tory)\b"
    r"|\b(?:neu|nasuwt|naht|nut|ucu|unison|other\s+(?:teaching\s+)?unions?)\b[^.?!]{0,60}\b(?:compare|compared|comparison|differ|differs|difference|differences|better|worse|versus|vs\.?|agree|disagree|similar)\b|\b(?:which|what)\s+(?:teaching\s+)?union\s+(?:should\s+i|is\s+(?:the\s+)?(?:best|better|bigger)|to\s+join)\b",
    _I,
)
_SWEARING = r"(?:f+u+c+k\w*|f\*+c?k?\w*|sh[i1]t\w*|c[u*]nt\w*|wank\w*|bastards?|tw[a*]ts?|arseholes?|assholes?|dickheads?|piss\s+off|bitch\w*|bollocks|bugger\s+off|prick|slags?|knobheads?|tosser\w*|tossers?|morons?|cretins?)"
_INSULT = r"(?:(?:stupid|useless|idiots?|idiotic|pathetic|moron\w*|dumb|thick|rubbish|worthless|scum|clowns?|liars?|fools?|losers?|trash|garbage|crap|disgusting|a\s+joke|evil|parasites?|dimwits?|muppets?|clueless|brain-?dead|brainless|spineless|gutless|vile|filth|vermin|hopeless|corrupt|cretins?|incompetent)\b)"
_ABUSE = re.compile(
    rf"\b{_SWEARING}(?!\w)|(?:\byou(?:'re|\s+are|\s+lot\s+are|\s+guys\s+are|\s+people\s+are|\s+all)?|\bthis\s+(?:bot|chatbot|thing|service|site)(?:'s|\s+is)|\bascl\s+(?:is|are)|\byour\s+(?:union|bot|answers?)\s+(?:is|are))\s+(?:(?:a|an|the|all|just|such|so|absolutely|complete|completely|total|totally|utterly|nothing\s+but|bunch\s+of|load\s+of|really|bloody|fucking|of|pack|worst|most|very|real|right|lying|full|proper|big)\s+)*{_INSULT}"
    rf"|\b(?:shut\s+up|go\s+to\s+hell|drop\s+dead|get\s+lost|screw\s+you|sod\s+off|i\s+hate\s+(?:you|this\s+bot|ascl)|hope\s+(?:you|your\s+\w+(?:\s+\w+)?|they|ascl|he|she)\s+(?:all\s+)?(?:dies?|rots?|gets?\s+(?:cancer|shot|stabbed|sacked)|burns?)|what\s+is\s+wrong\s+with\s+you|(?:smash|punch|break|kick)\s+your\s+\w+|\w+\s+(?:kids?|children|people|pupils|parents|teachers|families)\s+are\s+(?:all\s+)?(?:vermin|scum|animals|filth|subhuman|parasites|savages)|i(?:'ll|\s+will|'m\s+going\s+to|\s+am\s+going\s+to)\s+(?:kill|hurt|find|get|destroy|smash)\s+(?:you|every|all))\b|^\W*(?:{_INSULT}\W*)+(?:bot|robot|machine|union|lot)?\W*$",
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
    return AnswerStatus.DECLINED_ABUSE if _ABUSE.search(straight.translate(_DISGUISED)) else None


# Digits and signs that stand in for letters, to slip past a filter.
_DISGUISED = str.maketrans("013457$@", "oieastsa")

# In order of weight: somebody at risk comes before everything else.
_RULES = (
    (AnswerStatus.DECLINED_EMERGENCY, _EMERGENCY),
    (AnswerStatus.DECLINED_INSTRUCTION, _INSTRUCTION),
    (AnswerStatus.DECLINED_ABUSE, _ABUSE),
    (AnswerStatus.DECLINED_PERSONAL_DATA, _PERSONAL_DATA),
    (AnswerStatus.DECLINED_OTHER_BODY, _OTHER_BODY),
    (AnswerStatus.DECLINED_ADVICE, _ADVICE),
)
