// The glance: says how many of the sheet go where, and asks before marks on it are lost.

const LOST = "What you marked on this sheet will be gone. Go on?";
const form = document.getElementById("glance");

function count() {
  const words = document.getElementById("glance-count");
  const marked = form.querySelectorAll("[name=to_desk]:checked").length;
  const all = Number(words.dataset.all);
  words.textContent = marked
    ? `${all - marked} will be approved, ${marked} ${marked === 1 ? "goes" : "go"} to the desk`
    : `${all} ${all === 1 ? "card" : "cards"} on this sheet`;
}

if (form) {
  form.addEventListener("change", count);
  document.getElementById("undo")?.addEventListener("submit", (event) => {
    if (form.querySelector("[name=to_desk]:checked") && !confirm(LOST)) event.preventDefault();
  });
  count();
}
