// Single keys: an element with data-key is clicked when its key is pressed outside a field.

const SWITCH = "mailroom-keys-off";
const APPROVE = "a";
const TWICE_MS = 350;
const APPROVED = "mailroom-approved";

function isWriting(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input") && !["checkbox", "radio", "button", "submit"].includes(element.type);
}

function openSheet() {
  return document.querySelector("details[open] > .sheet-up");
}

function scope() {
  const sheet = openSheet();
  return sheet ? [sheet, ...document.querySelectorAll("summary[data-key]")] : [document];
}

function find(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  for (const place of scope()) {
    if (place !== document && place.matches(wanted)) return place;
    for (const found of place.querySelectorAll(wanted)) {
      if (found.checkVisibility() || found.matches("input")) return found;
    }
  }
  return null;
}

function close() {
  const details = openSheet()?.parentElement;
  if (!details) return false;
  details.open = false;
  details.querySelector("summary").focus();
  return true;
}

function keysAreOn() {
  return localStorage.getItem(SWITCH) === null;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && close()) {
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (document.querySelector("dialog[open]") || isWriting(event.target) || !keysAreOn()) return;
  const found = find(event.key === "=" ? "+" : event.key.toLowerCase());
  if (!found) return;
  event.preventDefault();
  if (found.dataset.key === APPROVE && isTwice(event)) return;
  found.click();
  if (found.matches("input")) found.focus({ preventScroll: true });
  if (found.matches("summary")) enter(found.parentElement);
});

// Pressed twice at once it would approve what has come in the meantime, which nobody has seen yet: a card, or
// on another page a whole sheet.
function isTwice(event) {
  const pressed = performance.timeOrigin + event.timeStamp;
  const passed = pressed - Number(sessionStorage.getItem(APPROVED));
  sessionStorage.setItem(APPROVED, String(pressed));
  return passed >= 0 && passed < TWICE_MS;
}

// An opened sheet is ready to be written in, before the next key arrives.
function enter(details) {
  const sheet = details.open && details.querySelector(".sheet-up");
  if (sheet && !sheet.contains(document.activeElement)) sheet.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details")) enter(event.target);
}, true);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (!opener) return;
  const dialog = document.getElementById(opener.dataset.opens);
  const box = dialog.querySelector("#keys-on");
  if (box) box.checked = keysAreOn();
  dialog.showModal();
});

document.addEventListener("change", (event) => {
  if (event.target.id !== "keys-on") return;
  if (event.target.checked) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "1");
});
