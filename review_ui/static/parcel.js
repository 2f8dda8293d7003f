// Packing: ticks are sent without a page load, and the next card to tick off is ready.
import { send } from "./swap.js";

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#parcel")) return;
  event.preventDefault();
  const isTick = Boolean(event.target.closest(".pull"));
  send(event.target, event.submitter, () => {
    const next = isTick && document.querySelector(".pull button.main");
    const wrong = document.querySelector("main [aria-invalid=true]");
    (next || wrong || document.querySelector("main")).focus({ preventScroll: true });
  });
}, true);
