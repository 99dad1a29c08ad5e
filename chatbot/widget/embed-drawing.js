// The light page, first part: what it knows, and how an answer is drawn, with DOM calls only. What it draws is what the chat
// page draws: a test compares the two. The parts are served as one script, within one function.

const { words, api, limit, bodyLimit, historyLimit, hosts } = JSON.parse(document.getElementById("words").textContent);
const [main, conversation, starters, composer, box, button, fault, clear, said] =
  ["main", "conversation", "starters", "composer", "question", "ask", "fault", "clear", "said"]
    .map((id) => document.getElementById(id));

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function pressed(className, label, act) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", () => act(made));
  return made;
}

function link(address, ...children) {
  const made = element("a", "", ...children, element("span", "visually-hidden", ` (${words.opensNewTab})`));
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

// Citations in words.

function plainDate(iso) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso) || [];
  if (!year || (month && !words.months[month - 1])) return iso;
  return [day && Number(day), month && words.months[month - 1], year].filter(Boolean).join(" ");
}

const place = (citation) =>
  citation.title === citation.section ? citation.title : `${citation.title}, ${citation.section}`;

function published(citation) {
  const date = citation.published ? plainDate(citation.published) : words.undated;
  return citation.status === "current" ? date : `${date}, ${citation.status}`;
}

const retrieved = (citation) =>
  citation.retrieved ? `${words.copyOf} ${plainDate(citation.retrieved)}` : words.copyDateUnknown;

const isWeb = (address) => /^https?:\/\//.test(address || "");

// Quotes that follow one another under one citation. The gap before a quote is drawn by us and part of none.
function quotedStatements(answer) {
  const statements = [];
  let before = null;
  for (const quote of answer.quotes) {
    const touches = before && quote.start - before.end >= 0 && quote.start - before.end <= 1;
    if (before && before.citation === quote.citation) {
      statements.at(-1).pieces.push({ gap: touches ? " " : words.ellipsis, text: quote.text });
    } else {
      const citation = answer.citations.find((one) => one.number === quote.citation);
      statements.push({ citation, pieces: [{ gap: "", text: quote.text }] });
    }
    before = quote;
  }
  return statements;
}

const quoted = (statement) => `“${statement.pieces.map((piece) => piece.gap + piece.text).join("")}”`;

// In the form that the quote checker knows.
function copyText(statement) {
  const { citation } = statement;
  const inferred = citation.section_inferred ? `; ${words.sectionInferred}` : "";
  const source = `[${citation.number}] ${place(citation)} (${published(citation)}; ${retrieved(citation)}${inferred})`;
  const address = isWeb(citation.url) ? citation.url : new URL(citation.permalink, location.origin).href;
  return [quoted(statement), source, `    ${address}`, "", words.quotedBy].join("\n");
}

// Drawing.

function figure(statement) {
  const { citation } = statement;
  const pieces = statement.pieces.flatMap(({ gap, text }) =>
    [...(gap ? [element("span", "gap", gap)] : []), element("span", "quote-text", text)]);
  const mark = (sign) => element("span", "mark", sign);
  const where = isWeb(citation.url) ? link(citation.url, place(citation)) : place(citation);
  const caption = element("figcaption", "", element("span", "number", `[${citation.number}]`), " ", where,
    " ", element("span", "date", `(${published(citation)})`));
  if (citation.section_inferred) {
    caption.append(element("span", "inferred", `${words.sectionInferred}: ${words.sectionInferredWhy}`));
  }
  const named = (label, sentence) => [label, element("span", "visually-hidden", filled(sentence, citation))];
  const copying = pressed("quiet", "", (made) => copy(made, copyText(statement)));
  copying.append(...named(words.copy, words.quoteNumber));
  return element("figure", "quote",
    element("blockquote", "", element("p", "", mark("“"), ...pieces, mark("”"))), caption,
    element("p", "tools", copying, link(citation.permalink, ...named(words.permalink, words.toQuote))));
}

function list(name, heading, items) {
  if (!items.length) return [];
  const entries = items.map((item) => element("li", "", item));
  return [element("div", name, element("p", "", heading), element("ul", "", ...entries))];
}

function searchedFor(answer) {
  if (!answer.searched_for) return [];
  const change = pressed("quiet", words.change, () => edit(answer.searched_for));
  return [element("p", "searched", element("span", "", `${words.searchedFor}: `, element("em", "", answer.searched_for)), change)];
}

function drawn(answer) {
  const topic = ({ topic }) => pressed("topic", topic, () => ask(filled(words.questionAbout, { topic })));
  return element("div", `answer ${answer.status}`,
    ...answer.message.split("\n\n").map((text) => element("p", "message", text)),
    ...quotedStatements(answer).map(figure),
    ...(answer.not_covered ? [element("p", "not-covered", `${words.notCovered} ${answer.not_covered}`)] : []),
    ...answer.notices.map((notice) => element("p", "notice", notice)),
    ...list("see-also", words.seeAlso, answer.see_also),
    ...list("nearest", words.nearest, answer.nearest.map(topic)),
    ...searchedFor(answer));
}

// The same for a screen reader, in one piece and without the names of buttons.
function spoken(answer) {
  return [answer.message,
    ...quotedStatements(answer).map((one) => `${quoted(one)} ${words.source}: ${place(one.citation)}, ${published(one.citation)}.`),
    ...(answer.not_covered ? [`${words.notCovered} ${answer.not_covered}`] : []),
    ...answer.notices,
    ...(answer.see_also.length ? [`${words.seeAlso}: ${answer.see_also.join("; ")}.`] : []),
    ...(answer.nearest.length ? [`${words.nearest}: ${answer.nearest.map((one) => one.topic).join("; ")}.`] : []),
  ].join("\n");
}
