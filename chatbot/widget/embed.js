// The light page. It asks the REST interface and draws the answers with DOM calls only; the conversation lives in this
// page's memory and nowhere else. What it draws is what the chat page draws: a test compares the two.
"use strict";
(() => {
  const SECONDS = 30;
  const { words, api, limit, bodyLimit, historyLimit, hosts } = JSON.parse(document.getElementById("words").textContent);
  const [main, conversation, starters, composer, box, button, fault, clear, said] =
    ["main", "conversation", "starters", "composer", "question", "ask", "fault", "clear", "said"]
      .map((id) => document.getElementById(id));
  let earlier = [];  // questions that a later one may lean on, oldest first
  let waiting = null;  // what ends the question on its way

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

  // Asking. A failure is an error with a sentence for the asker, and says whether asking again may help.

  const failure = (sentence, again = true) => Object.assign(new Error(sentence), { sentence, again });

  async function answered(question, ending) {
    const response = await sent(body(question), ending);
    let content = null;
    try {
      content = await response.json();
    } catch {
      if (ending.signal.aborted) throw stopped(ending);
    }
    if (response.status === 503 || response.status === 429) throw busy(response.headers.get("retry-after"));
    if (response.status >= 400 && response.status < 500) throw failure(detail(content) || words.refused, false);
    if (!response.ok || typeof content?.message !== "string") throw failure(detail(content) || words.failed);
    return content;
  }

  async function sent(body, ending) {
    try {
      return await fetch(api, {
        method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" },
        credentials: "omit", signal: ending.signal,
      });
    } catch {
      throw stopped(ending);
    }
  }

  const stopped = (ending) => failure(ending.signal.aborted ? filled(words.slow, { seconds: SECONDS }) : words.offline);
  const detail = (content) => (typeof content?.detail === "string" ? content.detail : "");

  // As much of the conversation as the service looks at and a request may hold.
  function body(question) {
    const made = { question, history: historyLimit ? earlier.slice(-historyLimit) : [] };
    while (made.history.length && bytes(made) > bodyLimit) made.history.shift();
    return made;
  }

  function busy(after) {
    const seconds = /^\d+$/.test(after || "") ? Number(after) : Math.ceil((Date.parse(after || "") - Date.now()) / 1000);
    return failure(seconds > 0 ? filled(words.busyFor, { seconds }) : words.busy);
  }

  async function ask(question) {
    if (waiting) return;
    const ending = waiting = new AbortController();
    const timer = setTimeout(() => ending.abort(), SECONDS * 1000);
    const asked = element("h2", "asked", element("span", "visually-hidden", `${words.you}: `), question);
    asked.dir = "auto";
    const exchange = element("article", "exchange", asked, element("p", "looking", words.looking));
    exchange.tabIndex = -1;
    begin(exchange);
    let result, announced;
    try {
      const answer = await answered(question, ending);
      [result, announced] = [drawn(answer), spoken(answer)];
      if (!/^(declined|error)/.test(answer.status)) earlier.push(question);
    } catch (error) {
      const problem = error.sentence ? error : failure(words.failed);
      [result, announced] = [failed(problem, question, exchange), problem.sentence];
    }
    clearTimeout(timer);
    if (waiting !== ending) return;  // cleared meanwhile
    waiting = null;
    button.removeAttribute("aria-disabled");
    exchange.lastChild.replaceWith(result);
    said.textContent = announced;
    exchange.scrollIntoView({ block: "start" });
  }

  function begin(exchange) {
    button.setAttribute("aria-disabled", "true");
    said.textContent = "";
    starters.hidden = true;
    conversation.hidden = clear.hidden = false;
    conversation.append(exchange);
    settle(exchange);
    exchange.scrollIntoView({ block: "start" });
  }

  function failed(problem, question, exchange) {
    const next = problem.again
      ? pressed("again", words.again, () => { exchange.remove(); ask(question); })
      : pressed("again", words.edit, () => edit(question));
    return element("div", "failed", element("p", "message", problem.sentence), next);
  }

  // Focus stays in the question box. Where a button that was pressed has gone, a phone gets the answer instead, for the
  // box would bring its keyboard up over it.
  function settle(exchange) {
    const held = document.activeElement;
    if (held === box || held === button) return;
    (matchMedia("(pointer: coarse)").matches ? exchange : box).focus({ preventScroll: true });
  }

  function edit(text) {
    box.value = text;
    box.focus();
    box.select();
  }

  function submitted() {
    const question = box.value.trim();
    const length = [...question].length;
    fault.textContent = !length ? words.empty : length > limit ? filled(words.tooLong, { length, limit }) : "";
    box.setAttribute("aria-invalid", String(Boolean(fault.textContent)));
    if (fault.textContent) return box.focus();
    if (waiting) return;
    box.value = "";
    ask(question);
  }

  async function copy(made, text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);  // a page served without TLS, or in a frame that may not, has no clipboard
    }
    made.focus();
    made.firstChild.data = said.textContent = words.copied;
    setTimeout(() => { made.firstChild.data = words.copy; }, 2000);
  }

  function copyBySelection(text) {
    const area = element("textarea", "visually-hidden");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function startAgain() {
    waiting?.abort();
    waiting = null;
    earlier = [];
    button.removeAttribute("aria-disabled");
    conversation.replaceChildren();
    conversation.hidden = clear.hidden = true;
    starters.hidden = !starters.elements.length;
    said.textContent = "";
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }

  // The page around us, where there is one: it says when we are opened, we say when to close.

  let host = null;
  const known = new Set([location.origin, ...hosts.map((address) => new URL(address).origin)]);

  function opened(event) {
    if (parent === window || event.source !== parent || !known.has(event.origin) || event.data !== "ascl-chat:open") return;
    host = event.origin;
    parent.postMessage("ascl-chat:ready", host);
    (matchMedia("(pointer: coarse)").matches ? main : box).focus({ preventScroll: true });
  }

  function keyed(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && host) parent.postMessage("ascl-chat:close", host);
    if (event.key === "Enter" && !event.shiftKey && event.target === box) {
      event.preventDefault();
      submitted();
    }
  }

  // The site's own colours, each only where links in it are read easily on our background.

  function luminance(colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function accent(colour, isRead) {
    if (!/^#[\da-f]{6}$/i.test(colour || "") || !isRead(luminance(colour))) return "";
    return `:root { --accent: ${colour}; --on-accent: ${luminance(colour) > 0.179 ? "#000000" : "#ffffff"}; }`;
  }

  // Contrast of 4.5 at least: on white, and on the background of the dark scheme, whose luminance is 0.0088.
  function dress(light, dark) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@media not (prefers-color-scheme: dark) { ${accent(light, (one) => 1.05 / (one + 0.05) >= 4.5)} }
      @media (prefers-color-scheme: dark) { ${accent(dark || light, (one) => (one + 0.05) / 0.0588 >= 4.5)} }`);
    document.adoptedStyleSheets = [sheet];
  }

  addEventListener("message", opened);
  addEventListener("keydown", keyed);
  clear.addEventListener("click", startAgain);
  composer.noValidate = true;
  composer.addEventListener("submit", (event) => { event.preventDefault(); submitted(); });
  starters.addEventListener("submit", (event) => { event.preventDefault(); ask(event.submitter.value); });
  // A question to start with is put in the box, never asked by itself; behind "#" no server sees it.
  const given = new URLSearchParams(location.hash.slice(1));
  const start = given.get("q") || new URLSearchParams(location.search).get("q") || "";
  if (start) box.value = [...start].slice(0, limit).join("");
  dress(given.get("colour"), given.get("colourDark"));
  document.documentElement.classList.add("ready");
})();
