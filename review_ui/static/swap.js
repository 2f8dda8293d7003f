// Sends a form and shows the answer in place of the page's middle, without loading the frame again.

let busy = false;

export async function send(form, submitter, shown) {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  try {
    const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
    const answer = await fetch(action, { method: "POST", body: new FormData(form, submitter), credentials: "same-origin" });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.url);
    shown?.();
  } catch {
    say("The server did not answer. Nothing was changed; try again.");
    form.removeAttribute("aria-busy");
  } finally {
    busy = false;
  }
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

function show(page, address) {
  const fresh = page.querySelector("main");
  document.querySelector("main").replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  document.body.className = page.body.className;
  history.replaceState(null, "", address);
  const words = [...fresh.querySelectorAll(".notice, [role=alert]")].map((each) => each.textContent.trim());
  document.getElementById("said").textContent = words.join(" ");
}

function say(words) {
  const notice = document.createElement("p");
  notice.className = "notice stop";
  notice.setAttribute("role", "alert");
  notice.textContent = words;
  document.querySelector("main").prepend(notice);
}
