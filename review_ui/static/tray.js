// A tray's page fills by itself: asks for what changed, often while things change and seldom when not.

const SOON_MS = 400;
const LATER_MS = 3000;
const QUIET_AFTER_MS = 60000;

const live = document.getElementById("live");
let etag = "";
let changed = Date.now();

function patchCards(old, fresh) {
  const known = new Map([...old.children].map((card) => [card.dataset.card, card]));
  [...fresh.children].forEach((card, index) => {
    let kept = known.get(card.dataset.card);
    known.delete(card.dataset.card);
    if (!kept) card.classList.add("fresh");
    // A card that looks the same keeps its picture on the screen.
    if (!kept || shape(kept) !== shape(card)) {
      kept?.remove();
      kept = card;
    }
    if (old.children[index] !== kept) old.insertBefore(kept, old.children[index] ?? null);
  });
  for (const gone of known.values()) gone.remove();
}

function shape(card) {
  const copy = card.cloneNode(true);
  copy.classList.remove("fresh");
  return copy.outerHTML;
}

function patch(html) {
  const focused = document.activeElement?.closest?.("[data-card]")?.id;
  const page = new DOMParser().parseFromString(html, "text/html").body;
  const oldCards = live.querySelector('[data-part="cards"]');
  const freshCards = page.querySelector('[data-part="cards"]');
  if (oldCards && freshCards) {
    patchCards(oldCards, freshCards);
    freshCards.replaceWith(oldCards);
  }
  const plan = page.querySelector('[data-part="plan"] [role=status]');
  const oldPlan = live.querySelector('[data-part="plan"] [role=status]');
  if (plan.textContent === oldPlan.textContent) plan.replaceWith(oldPlan);
  live.replaceChildren(...page.childNodes);
  if (focused) document.getElementById(focused)?.querySelector("a")?.focus({ preventScroll: true });
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(live.dataset.live, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      if (answer.status === 200) {
        // The first answer may already differ from the page as it was sent.
        patch(await answer.text());
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
