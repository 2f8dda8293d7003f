// The desk: decisions without a page load, the viewer, flags and doubtful words that light up, selected words for a new flag.
import { lookAgain } from "./again.js";
import { focusedAs, lookAs, lookOf } from "./look.js";
import { send } from "./swap.js";
import { typed } from "./typed.js";
import { openViewer } from "./viewer.js";

const NOTICE_MS = 6000;
const KEEP_MS = 60_000;
// These show another card.
const LEAVING = /\/(approve|reject|hold|release|next|break|undo)$/;
const UNSENT = "What you typed was not sent. Go on without it?";
let viewer = null;
let ahead = [];
let selected = { text: "", side: "0" };
let kept = 0;
let before = null;

function fetchAhead(coming) {
  const picture = new Image();
  picture.src = coming.dataset.coming;
  // Decoded now, it is painted at once later; a picture that fails to load will show so on its card.
  picture.decode().catch(() => {});
  return picture;
}

function settle() {
  viewer?.close();
  const desk = document.querySelector(".desk");
  const same = desk !== null && before?.card === desk.dataset.card;
  viewer = desk ? openViewer(desk, same ? before.scan : {}) : null;
  if (same) lookAs(before);
  selected = { text: "", side: "0" };
  ahead = [...document.querySelectorAll("[data-coming]")].map(fetchAhead);
  lookAgain(settleAnew);
  if (desk) setTimeout(() => desk.parentElement?.querySelector(".notices")?.remove(), NOTICE_MS);
  return same;
}

function settleAnew() {
  const same = settle();
  // Of another card the picture comes first.
  if (!same) scrollTo(0, 0);
  const focused = same ? focusedAs(before) : null;
  (focused ?? document.querySelector("main")).focus({ preventScroll: true });
}

document.addEventListener("mailroom:leaving", () => { before = lookOf(viewer); });

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#desk") || event.target.method === "dialog") return;
  event.preventDefault();
  if (LEAVING.test(event.target.action) && typed().some((form) => form !== event.target) && !confirm(UNSENT)) return;
  send(event.target, event.submitter, settleAnew);
}, true);

addEventListener("beforeunload", (event) => {
  if (typed().length) event.preventDefault();
});

// Whoever types keeps the card.
document.addEventListener("input", (event) => {
  const here = event.target.closest("#desk")?.dataset.here;
  if (!here || Date.now() - kept < KEEP_MS) return;
  kept = Date.now();
  fetch(here, { credentials: "same-origin" }).catch(() => {});
});

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const message = selection.anchorNode?.parentElement?.closest(".message");
  const text = selection.toString().trim();
  if (message && text) selected = { text, side: message.dataset.side };
});

// What is written down is most likely that of the side in sight.
document.addEventListener("toggle", (event) => {
  if (event.target.open) event.target.querySelector?.(`[data-writes="${viewer?.side()}"] textarea`)?.focus();
}, true);

document.addEventListener("toggle", (event) => {
  const form = event.target.open && event.target.querySelector?.("[data-flag-form]");
  if (!form) return;
  form.elements.side.value = selected.text ? selected.side : viewer?.side() ?? "0";
  if (selected.text) form.elements.evidence.value = form.elements.evidence.defaultValue = selected.text;
}, true);

function light(event, on) {
  const part = event.target.closest?.("#desk [data-flag], #desk [data-spot]");
  if (!part) return;
  const same = part.dataset.spot ? `[data-spot="${part.dataset.spot}"]` : `[data-flag="${part.dataset.flag}"]`;
  for (const each of document.querySelectorAll(`#desk ${same}`)) each.classList.toggle("lit", on);
  // Whoever dismisses a flag has seen its place.
  if (on && event.type === "click" && !event.target.closest("form")) viewer?.reveal(same, part.dataset.side);
}

for (const type of ["mouseover", "focusin", "click"]) document.addEventListener(type, (event) => light(event, true));
for (const type of ["mouseout", "focusout"]) document.addEventListener(type, (event) => light(event, false));

settle();
