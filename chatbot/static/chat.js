// What Gradio's page lacks: topic and copy buttons, the new question at the top, an announcement for screen readers.
// No storage, no request of its own.
"use strict";
(() => {
  const COPIED = "Copied";
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
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyBySelection(text);  // a page served without TLS has no clipboard
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
    const grown = asked.length !== questions || answered.length !== answers;
    questions = asked.length;
    answers = answered.length;
    if (grown && asked.length) asked[asked.length - 1].scrollIntoView({ block: "start" });
  }

  document.addEventListener("click", (event) => {
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
