// A card that is being checked is shown anew until that is done, but never under somebody's hands.
import { load } from "./swap.js";
import { typed } from "./typed.js";

const AGAIN_MS = 1500;
const AGAIN_MOST = 40;
let asked = 0;

export function lookAgain(shown) {
  const again = document.querySelector("[data-again]");
  if (!again) {
    asked = 0;
    return;
  }
  if (asked >= AGAIN_MOST) {
    again.removeAttribute("aria-busy");
    again.textContent = "This takes longer than usual. Open the card again in a while to see what was found.";
    return;
  }
  setTimeout(async () => {
    if (!again.isConnected) return;
    if (!isInHand()) {
      asked += 1;
      await load(again.dataset.again, isChecked);
    }
    if (again.isConnected) lookAgain(shown);
    else shown();
  }, AGAIN_MS);
}

function isInHand() {
  return document.querySelector("details[open] > .sheet-up, dialog[open]") !== null;
}

function isChecked(page) {
  // Where the sign-in has ended, another page comes: not in place of what is typed.
  const isLoss = typed().length > 0 && !page.getElementById("desk");
  return !page.querySelector("[data-again]") && !isInHand() && !isLoss;
}
