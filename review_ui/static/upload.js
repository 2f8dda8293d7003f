// Uploads: files dropped or chosen are sent one after the other, so that they arrive in order. Where one is not
// taken, those behind it wait: sent without it they would stand in its place, or become the back of another card.

const form = document.getElementById("upload");
const SHOWN_MAX = 300;
const SIGNED_OUT = 401;

class NotTaken extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

function sendOne(file, progressed) {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => { if (event.lengthComputable) progressed(event.loaded / event.total); };
    request.onload = () => {
      if (request.status < 300) resolve();
      else reject(new NotTaken(request.response?.text || "The server did not take it.", request.status));
    };
    request.onerror = () => reject(new NotTaken("The connection broke.", 0));
    request.send(body);
  });
}

// Whoever has signed in again elsewhere goes on with the token of that.
async function renewToken() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrf_token]")?.value;
    if (token) for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
  } catch {
    // Sending it says so.
  }
}

function line(file) {
  const item = document.createElement("li");
  const [name, bar, state] = ["span", "progress", "span"].map((tag) => document.createElement(tag));
  name.className = "name";
  name.textContent = file.name;
  name.dir = "auto";
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  state.className = "state soft";
  state.textContent = "waits";
  item.append(name, bar, state);
  return { item, bar, state };
}

class Queue {
  constructor() {
    this.waiting = [];
    this.sent = 0;
    this.left = 0;
    this.all = 0;
    this.running = false;
    this.stuck = document.getElementById("upload-stuck");
    this.list = document.getElementById("sending");
    this.bar = document.getElementById("upload-all");
    this.words = document.getElementById("upload-state");
  }

  // A card's place is its file's in the order of their names; how a browser lists them differs.
  add(chosen) {
    const files = [...chosen].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    if (!this.running) {
      this.list.replaceChildren();
      this.sent = this.left = this.all = 0;
    }
    for (const file of files) {
      const shown = line(file);
      if (this.list.children.length < SHOWN_MAX) this.list.append(shown.item);
      this.waiting.push({ file, ...shown });
      this.all += 1;
    }
    for (const part of [this.list, this.bar, this.words]) part.hidden = false;
    this.show(0);
    if (!this.running) this.run();
  }

  async run() {
    this.running = true;
    while (this.waiting.length) {
      const { file, item, bar, state } = this.waiting[0];
      state.textContent = "sending";
      state.className = "state soft";
      item.scrollIntoView({ block: "nearest" });
      try {
        await sendOne(file, (part) => { bar.value = part; this.show(part); });
        bar.value = 1;
        state.textContent = "sent";
        this.sent += 1;
        this.waiting.shift();
        document.dispatchEvent(new Event("mailroom:sent"));
      } catch (error) {
        bar.value = 0;
        this.show(0);
        state.textContent = error.message;
        state.className = "state badge stop";
        if (await this.isWorthAnotherTry(file, error)) {
          await renewToken();
        } else {
          state.textContent = "left out";
          this.left += 1;
          this.waiting.shift();
        }
      }
      this.show(0);
    }
    this.running = false;
    this.words.textContent = this.left ? `${this.sent} sent, ${this.left} left out.` : this.all === 1 ? "Sent." : `All ${this.sent} sent.`;
  }

  // Asks the person: a file that is too large stays so, a connection comes back.
  isWorthAnotherTry(file, error) {
    this.stuck.querySelector("bdi").textContent = file.name;
    this.stuck.querySelector("[data-why]").textContent = error.message;
    this.stuck.querySelector("a").hidden = error.status !== SIGNED_OUT;
    this.stuck.hidden = false;
    const answers = [...this.stuck.querySelectorAll("button")];
    return new Promise((resolve) => {
      for (const answer of answers) answer.onclick = () => {
        this.stuck.hidden = true;
        form.elements.file.focus({ preventScroll: true });
        resolve(answer.value === "again");
      };
    });
  }

  show(part) {
    this.bar.value = (this.sent + this.left + part) / this.all;
    this.words.textContent = `${this.sent} of ${this.all} sent`;
  }
}

if (form) {
  const queue = new Queue();
  const input = form.elements.file;
  document.getElementById("send").hidden = true;
  const takeChosen = () => {
    if (input.files.length) queue.add(input.files);
    input.value = "";
  };
  input.addEventListener("change", takeChosen);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const type of ["dragover", "dragenter"]) {
    document.addEventListener(type, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) queue.add(event.dataTransfer.files);
  });
  window.addEventListener("beforeunload", (event) => { if (queue.running) event.preventDefault(); });
  // On a slow line files may be chosen before this script is here, and their "change" has passed unheard.
  takeChosen();
}
