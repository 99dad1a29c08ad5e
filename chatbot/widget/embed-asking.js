// The light page, second part: it asks the REST interface. The conversation lives in this page's memory and nowhere else.

const SECONDS = 30;
let earlier = [];  // questions that a later one may lean on, oldest first
let waiting = null;  // what ends the question on its way

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
    // Declined ones as well: what goes on from a cry for help is one, and no declined turn is ever searched with.
    if (!/^(declined_empty|declined_too_long|error)/.test(answer.status)) earlier.push(question);
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
