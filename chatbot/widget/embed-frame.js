// The light page, last part: what it has to do with the page around it, and what sets it going.

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
