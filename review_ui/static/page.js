// What every page does: answers keys, sends a form once, and shows that it is on its way.
import "./keys.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  if (form.dataset.busy && event.submitter) event.submitter.textContent = form.dataset.busy;
});

// The second click of a double click falls on what has come in the meantime: a card that nobody has seen yet.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("button")?.type === "submit") event.preventDefault();
}, true);

// A key held down presses a button again and again: the next card would be ticked off that nobody has laid in.
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && !event.target.closest("textarea")) event.preventDefault();
}, true);

// A page that the browser takes from its memory must not look busy.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});
