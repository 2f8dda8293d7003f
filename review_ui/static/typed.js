// What is typed in the forms of a page and was not sent.

const SHEETS = "main .sheet-up form, main form.sheet-up";

// The forms in which something is typed that was not sent.
export function typed() {
  const isTyped = (field) => field.matches("textarea, input[maxlength]") && field.value !== field.defaultValue;
  return [...document.querySelectorAll(SHEETS)].filter((form) => [...form.elements].some(isTyped));
}

// What was typed about the same card and not sent goes with the page, in an open sheet that stays open.
export function carry(fresh, sent) {
  const card = document.getElementById("desk")?.dataset.card;
  if (!card || fresh.querySelector("#desk")?.dataset.card !== card) return;
  for (const form of typed().filter((each) => each !== sent)) {
    for (const field of form.querySelectorAll("[id]")) {
      const same = fresh.querySelector(`#${CSS.escape(field.id)}`);
      if (same && "value" in field) same.value = field.value;
      if (same && form.closest("details").open) same.closest("details").open = true;
    }
  }
}
