// A tray's page fills by itself: asks for what changed, often while things change and seldom when not.

const SOON_MS = 400;
const LATER_MS = 3000;
const QUIET_AFTER_MS = 60000;

const live = document.getElementById("live");
const signedOut = document.getElementById("signed-out");
let etag = "";
let changed = Date.now();

// What looks the same keeps its place on the screen, its picture and the focus.
function patch(old, fresh) {
  const wanted = new Set([...fresh.children].map(nameOf));
  for (const child of [...old.children]) if (!wanted.has(nameOf(child))) child.remove();
  const known = new Map([...old.children].map((child) => [nameOf(child), child]));
  [...fresh.children].forEach((child, index) => {
    let kept = known.get(nameOf(child));
    if (kept && (child.dataset.part === "cards" || child.dataset.part === "plan")) {
      patch(kept, child);
    } else if (!kept || shape(kept) !== shape(child)) {
      if (!kept && child.dataset.card) child.classList.add("fresh");
      kept?.remove();
      kept = child;
    }
    if (old.children[index] !== kept) old.insertBefore(kept, old.children[index] ?? null);
  });
}

function nameOf(child) {
  return child.dataset.part ?? child.dataset.card ?? child.localName;
}

function shape(child) {
  const copy = child.cloneNode(true);
  copy.classList.remove("fresh");
  return copy.outerHTML;
}

function show(html) {
  const focused = document.activeElement?.closest?.("[data-card]")?.id;
  patch(live, new DOMParser().parseFromString(html, "text/html").body);
  if (focused) document.getElementById(focused)?.querySelector("a")?.focus({ preventScroll: true });
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(live.dataset.live, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      // Who has been signed out is sent to another page.
      signedOut.hidden = !answer.redirected;
      if (answer.status === 200 && !answer.redirected) {
        // The first answer may already differ from the page as it was sent.
        show(await answer.text());
        if (etag) changed = Date.now();
        etag = answer.headers.get("ETag") ?? "";
      } else if (answer.status !== 304) {
        changed = 0;
      }
    } catch {
      changed = 0;
    }
  }
  setTimeout(look, Date.now() - changed < QUIET_AFTER_MS ? SOON_MS : LATER_MS);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) changed = Date.now(); });
document.addEventListener("mailroom:sent", () => { changed = Date.now(); });
look();
