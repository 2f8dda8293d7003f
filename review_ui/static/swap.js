// Sends a form and shows the answer in place of the page's middle, without loading the frame again.
import { carry, typed } from "./typed.js";

let busy = false;
const STALE = 400;
const SIGNED_OUT = 401;

export async function send(form, submitter, shown) {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  try {
    let [answer, page] = await ask(form, submitter);
    // Whoever has signed in again elsewhere goes on with the token of that.
    if (answer.status === STALE && renew(page)) [answer, page] = await ask(form, submitter);
    // A page that says no more than why is told beside what stands here, which stays.
    if (!answer.ok && (typed().length || page.querySelector(".error-page"))) {
      refuse(form, page, answer.status);
      return;
    }
    show(page, answer.ok ? answer.url : location.href, form);
    shown?.();
    // Why a form was refused may stand far above its button.
    if (!answer.ok) document.querySelector("main [role=alert]")?.scrollIntoView({ block: "nearest" });
  } catch {
    say("The server did not answer. Nothing was changed; try again.", form);
  } finally {
    form.removeAttribute("aria-busy");
    busy = false;
  }
}

async function ask(form, submitter) {
  const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const answer = await fetch(action, { method: "POST", body: new FormData(form, submitter), credentials: "same-origin" });
  return [answer, new DOMParser().parseFromString(await answer.text(), "text/html")];
}

function renew(page) {
  const token = page.querySelector("[name=csrf_token]")?.value;
  if (token) for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
  return Boolean(token);
}

// Says why something was refused, beside what was pressed.
function refuse(form, page, status) {
  const words = [page.querySelector("h1"), page.querySelector("[role=alert]")].map((each) => each?.textContent.trim());
  const notice = say(status === SIGNED_OUT ? "You have been signed out. " : `${words.filter(Boolean).join(". ")} `, form);
  if (status === SIGNED_OUT) {
    const link = Object.assign(document.createElement("a"), { href: "/sign-in", target: "_blank", textContent: "Sign in in another tab" });
    notice.append(link, ", then send this again.");
  }
  if (typed().length) notice.append(" What you typed is still here.");
}

// Shows what stands at an address now, if that is what was waited for; else the page stays as it is.
export async function load(address, isReady) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && isReady(page)) show(page, answer.url);
  } catch {
    // The server does not answer now: whoever waits asks again.
  }
}

function show(page, address, sent = null) {
  const fresh = page.querySelector("main");
  carry(fresh, sent);
  document.dispatchEvent(new Event("mailroom:leaving"));
  document.querySelector("main").replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  document.body.className = page.body.className;
  history.replaceState(null, "", address);
  const words = [...fresh.querySelectorAll(".notice, [role=alert]")].map((each) => each.textContent.trim());
  document.getElementById("said").textContent = words.join(" ");
}

function say(words, form) {
  for (const said of document.querySelectorAll(".notice[data-answer]")) said.remove();
  const notice = document.createElement("p");
  notice.dataset.answer = "";
  notice.className = "notice stop";
  notice.setAttribute("role", "alert");
  notice.textContent = words;
  const sheet = form.closest(".sheet-up") ? form : document.querySelector("details[open] > .sheet-up");
  const place = sheet ?? form.closest(".pull > li") ?? document.querySelector(".actions") ?? document.querySelector("main");
  place.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
  return notice;
}
