// The chat for any website: one script element makes a button, and its first press makes the frame with the light page.
// Until then nothing else is loaded. No cookie, no storage; everything that the page gives us is set as text.
"use strict";
(() => {
  const service = "__SERVICE__";  // name, colours and pages, put in when this file is served
  const script = document.currentScript;
  if (!script || customElements.get("ascl-chat")) return;
  const base = new URL(".", script.src);  // with the path prefix, whatever it is
  const NARROW = "(max-width:40rem),(max-height:30rem)";

  const one = (name, given, ...children) => {
    const made = document.createElement(name);
    for (const key in given) made.setAttribute(key, given[key]);
    made.append(...children);
    return made;
  };

  // Black or white, whichever is read more easily on this colour (WCAG 2 relative luminance).
  const ink = (colour) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.substr(at, 2), 16) / 255;
      return part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
    });
    return .2126 * red + .7152 * green + .0722 * blue > .179 ? "#000" : "#fff";
  };
  const paint = (given, usual) => {
    const colour = /^#[\da-f]{6}$/i.test(given) ? given : usual;
    return `section{--colour:${colour};--ink:${ink(colour)}}`;
  };
  // In em of "medium", the visitor's own size: many sites set another size on their root, which rem would follow.
  const style = (given, side) => `
    ${paint(given.colour, service.colours[0])}
    @media (prefers-color-scheme:dark){${paint(given.colourDark || given.colour, service.colours[given.colour ? 0 : 1])}}
    [hidden]{display:none!important}
    section{all:initial;display:block;color-scheme:light dark;font:medium/1.4 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
    *{box-sizing:border-box}
    button{min-width:44px;min-height:44px;border:2px solid #fff;background:var(--colour);color:var(--ink);font:inherit;font-weight:600;cursor:pointer}
    button:hover{text-decoration:underline}
    .bubble{position:fixed;z-index:2147483000;bottom:max(1em,env(safe-area-inset-bottom));${side}:max(1em,env(safe-area-inset-${side}));
    display:flex;align-items:center;gap:.5em;max-width:calc(100vw - 2em);padding:.5em 1.125em;border-radius:2em;box-shadow:0 2px 10px #0006}
    svg{flex:none;width:1.375em;fill:none;stroke:currentColor;stroke-width:2}
    .panel{flex-direction:column;border:1px solid #767676;background:Canvas;color:CanvasText;overflow:hidden;overflow-wrap:anywhere}
    dialog{position:fixed;z-index:2147483000;inset:auto;bottom:calc(max(1em,env(safe-area-inset-bottom)) + 3.75em);
    ${side}:max(1em,env(safe-area-inset-${side}));width:min(26em,100vw - 2em);height:min(42em,100vh - 6em);margin:0;padding:0;border-radius:12px;box-shadow:0 6px 30px #0006}
    dialog[open],section.panel{display:flex}
    section.panel{height:min(42em,90vh);border-radius:8px}
    section.closed{height:auto}
    .head{display:flex;align-items:center;justify-content:space-between;gap:.5em;min-height:44px;padding-left:1em;background:var(--colour);color:var(--ink)}
    p{margin:0;padding:.5em 0}
    .title{font-weight:600}
    .head button{border-color:transparent;font-size:1.5em;line-height:1}
    .text{padding:.625em 1em;border-bottom:1px solid #767676}
    .start{align-self:flex-start;margin:1em;padding:.5em 1.125em;border-color:transparent;border-radius:4px}
    iframe{flex:1;width:100%;min-height:0;border:0}
    a{color:LinkText}
    :focus-visible{outline:3px solid #fff;outline-offset:-1px;box-shadow:0 0 0 5px #000}
    @media ${NARROW}{dialog.panel{inset:0;width:100%;height:100%;height:100dvh;max-width:none;max-height:none;padding:env(safe-area-inset-top) 0 0;border:0;border-radius:0}}
    @media (prefers-reduced-motion:no-preference){dialog[open]{animation:rise .15s ease-out}@keyframes rise{from{opacity:0;transform:translateY(.75em)}}}
    @media (forced-colors:active){button,.head{border:1px solid}}
    @media print{section{display:none}}`;

  class Chat extends HTMLElement {
    connectedCallback() {
      addEventListener("message", this);
      if (!this.shadowRoot) this.make({ ...script.dataset, ...this.dataset });
    }

    disconnectedCallback() {
      removeEventListener("message", this);
    }

    make(given) {
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();  // unlike a style element, allowed under a policy without 'unsafe-inline'
      sheet.replaceSync(style(given, given.position === "left" ? "left" : "right"));
      root.adoptedStyleSheets = [sheet];
      this.label = given.label?.trim().slice(0, 60) || service.name;
      this.inline = given.mode === "inline";
      this.full = given.mode === "full";
      this.given = given;
      const head = one("div", { class: "head" }, one("p", { class: "title", id: "title" }, this.label));
      const text = given.greeting ? [one("p", { class: "text" }, given.greeting.slice(0, 300))] : [];
      if (this.inline) {
        this.button = one("button", { type: "button", class: "start" }, "Start the chat");
        this.panel = one("section", { class: "panel closed", "aria-labelledby": "title" }, head, ...text, this.button);
        root.append(this.panel);
      } else {
        const close = one("button", { type: "button", "aria-label": "Close" }, "×");
        close.onclick = () => this.panel.close();
        head.append(close);
        this.panel = one("dialog", { class: "panel", id: "panel", "aria-labelledby": "title" }, head, ...text);
        this.panel.onclose = () => this.closed();
        this.button = one("button", { type: "button", class: "bubble", "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog" },
          icon(), this.label);
        const whole = one("section", { "aria-label": this.label }, this.button, this.panel);
        whole.onkeydown = (event) => {
          if (event.key === "Escape" && !event.isComposing) this.panel.close();
        };
        root.append(whole);
      }
      this.button.onclick = () => this.press();
    }

    press() {
      if (this.panel.open) return this.panel.close();
      if (this.inline) {
        this.button.hidden = true;
        this.panel.classList.remove("closed");
      } else {
        this.button.setAttribute("aria-expanded", "true");
        // Where the panel covers the page, what is behind it must not be reached.
        matchMedia(NARROW).matches ? this.panel.showModal() : this.panel.show();
      }
      if (this.frame) this.greet();
      else this.load();
    }

    closed() {
      this.button.setAttribute("aria-expanded", "false");
      this.button.focus();
    }

    load() {
      const address = new URL(this.full ? service.full : service.light, base);
      const { question, colour, colourDark } = this.given;
      // Behind "#" no server sees it; the full page takes its question from the query.
      if (this.full) address.search = question ? new URLSearchParams({ q: question }) : "";
      else address.hash = new URLSearchParams(Object.entries({ q: question, colour, colourDark }).filter(([, one]) => one));
      this.frame = one("iframe", { title: this.label, allow: "clipboard-write", referrerpolicy: "no-referrer", src: address });
      this.frame.onload = () => {
        this.greet();
        // A site that is not on the service's list gets an error page in the frame, and nobody answers.
        if (!this.full) setTimeout(() => this.ready || this.excuse(), 3000);
      };
      this.panel.append(this.frame);
    }

    greet() {
      this.frame.focus();
      this.frame.contentWindow?.postMessage("ascl-chat:open", base.origin);
    }

    excuse() {
      const link = one("a", { href: new URL(service.full, base), target: "_blank", rel: "noopener noreferrer" }, "Open it in a new tab");
      this.frame.replaceWith(one("p", { class: "text", role: "alert" }, "The chat cannot be shown on this page. ", link, "."));
    }

    handleEvent({ source, origin, data }) {
      if (!this.frame || source !== this.frame.contentWindow || origin !== base.origin) return;
      if (data === "ascl-chat:ready") this.ready = true;
      if (data === "ascl-chat:close" && !this.inline) this.panel.close();
    }
  }

  const icon = () => {
    const part = (name, given, ...children) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const key in given) made.setAttribute(key, given[key]);
      made.append(...children);
      return made;
    };
    return part("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
      part("path", { d: "M21 11a8 8 0 0 1-8 8H4l2-3.4A8 8 0 0 1 13 3a8 8 0 0 1 8 8z" }),
      part("path", { d: "M9.5 13v-2q0-2 1.5-2.5M14.5 13v-2q0-2 1.5-2.5" }));
  };

  customElements.define("ascl-chat", Chat);
  // Unless the page has placed one itself: a bubble at the end, or inline where the script element stands.
  const place = () => {
    if (document.querySelector("ascl-chat")) return;
    const chat = one("ascl-chat");
    if (script.dataset.mode === "inline" && document.body.contains(script)) script.after(chat);
    else document.body.append(chat);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", place);
  else place();
})();
