// What Gradio's page lacks: topic and copy buttons, the new question at the top, an announcement for screen readers.
// No storage, no request of its own.
"use strict";
(() => {
  const COPIED = "Copied";
  const CONVERSATION = "Conversation";
  const say = document.createElement("div");
  say.className = "visually-hidden";
  say.setAttribute("role", "status");

  const conversation = () => document.getElementById("conversation");
  const questionBox = () => document.querySelector("#question textarea");

  function ask(question) {
    const box = questionBox();
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));  // Svelte's binding listens for it
    setTimeout(() => document.getElementById("ask").click(), 50);
  }

  async function copy(button) {
    const text = button.parentElement.querySelector(".copy-text").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);  // a page served without TLS, or in a frame, has no clipboard
    }
    const label = button.textContent;
    button.textContent = COPIED;
    say.textContent = COPIED;
    setTimeout(() => { button.textContent = label; say.textContent = ""; }, 2000);
  }

  function copyBySelection(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  // The conversation as a file of the visitor's own: questions, and answers with their sources.
  function keep(form) {
    const markdown = form === "markdown";
    const parts = [...conversation().querySelectorAll(".asked, .answer")].map((one) => one.matches(".asked")
      ? (markdown ? `## ${one.textContent.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#&!|~]/g, "\\$&")}` : `${one.textContent}\n${"-".repeat(40)}`)
      : one.querySelector(markdown ? ".markdown-text" : ".copy-text").textContent.trim());
    const title = document.querySelector(".page-header h1").textContent;
    const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const text = [markdown ? `# ${title}` : title, day, ...parts].join("\n\n") + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: markdown ? "text/markdown" : "text/plain" }));
    link.download = markdown ? "conversation.md" : "conversation.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // A question in the page's address is written into the box, never sent: whoever made the link is not the asker.
  let prefilled = false;
  function prefill() {
    const box = questionBox();
    if (prefilled || !box) return;
    prefilled = true;
    const question = new URLSearchParams(location.search).get("q");
    if (!question || box.value) return;
    box.value = question.slice(0, 20000);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // One pass after each change: Gradio draws messages again as it likes.
  let questions = 0, answers = 0;
  function tidy() {
    document.documentElement.lang = "en-GB";  // Gradio sets the browser's language
    const root = conversation();
    const asked = root ? [...root.querySelectorAll(".asked")] : [];
    const answered = root ? root.querySelectorAll(".answer") : [];
    for (const link of root ? root.querySelectorAll(".answer a[href]") : []) {
      if (link.target !== "_blank") link.target = "_blank";  // the sanitiser takes both away
      if (link.rel !== "noopener noreferrer") link.rel = "noopener noreferrer";
    }
    // Labels hold the message's source text; without them the text itself is read.
    for (const labelled of root ? root.querySelectorAll("[data-testid=user], [data-testid=bot]") : []) {
      if (labelled.hasAttribute("aria-label")) labelled.removeAttribute("aria-label");
    }
    const log = root && root.querySelector("[role=log]");
    if (log && log.getAttribute("aria-label") !== CONVERSATION) log.setAttribute("aria-label", CONVERSATION);
    prefill();
    document.getElementById("keep").hidden = !answered.length;
    const grown = asked.length !== questions || answered.length !== answers;
    questions = asked.length;
    answers = answered.length;
    if (!grown) return;
    keepFocus(log);
    if (asked.length) asked[asked.length - 1].scrollIntoView({ block: "start" });
  }

  // A starter button, or the one that clears, goes away as it is pressed and would take the focus with it. It goes to
  // the conversation, not to the question box, which on a phone would bring the keyboard up over the answer.
  function keepFocus(log) {
    const held = document.activeElement;
    if (held && held !== document.body && held.offsetParent) return;
    const next = log || questionBox();
    if (next === log) log.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const kept = event.target.closest("#keep button");
    if (kept) keep(kept.value);
    const button = event.target.closest("#conversation button");
    if (!button) return;
    if (button.matches(".topic")) ask(button.value);
    if (button.matches(".copy-button")) copy(button);
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(say);
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; tidy(); });
    }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["lang", "aria-label"] });
    tidy();
  });
})();
