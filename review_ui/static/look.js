// A card that is shown anew is looked at as before: the scan, how far its page was read, what had the focus.

const NAMES = ["id", "data-tool", "data-show", "data-key"];
const SCROLLED = ".stage, .matter";

// How the card on the page is looked at; null where there is none.
export function lookOf(viewer) {
  const desk = document.querySelector(".desk");
  if (!desk) return null;
  return {
    card: desk.dataset.card,
    scan: viewer.look(),
    isShown: desk.querySelector("#reveal").checked,
    opened: [...desk.querySelectorAll(".doubts")].map((details) => details.open),
    scrolled: [...desk.querySelectorAll(SCROLLED)].map((part) => [part.scrollLeft, part.scrollTop]),
    page: scrollY,
    focused: nameOf(document.activeElement),
  };
}

// Looks at the card as before; the scan is laid out already.
export function lookAs(look) {
  const desk = document.querySelector(".desk");
  desk.querySelector("#reveal").checked = look.isShown;
  desk.querySelectorAll(".doubts").forEach((details, index) => { details.open = look.opened[index] ?? false; });
  desk.querySelectorAll(SCROLLED).forEach((part, index) => part.scrollTo(...look.scrolled[index]));
  scrollTo(0, look.page);
}

// What had the focus, where it can be found again.
export function focusedAs(look) {
  const found = look.focused && document.querySelector(look.focused);
  return found?.checkVisibility() ? found : null;
}

function nameOf(element) {
  const name = NAMES.find((each) => element?.hasAttribute(each));
  return name ? `${element.localName}[${name}="${CSS.escape(element.getAttribute(name))}"]` : null;
}
