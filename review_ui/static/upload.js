// Uploads: files dropped or chosen are sent one after the other, so that they arrive in order.

const form = document.getElementById("upload");
const SHOWN_MAX = 300;

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
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(request.response?.text || "Not taken.")));
    request.onerror = () => reject(new Error("The connection broke. Send it again."));
    request.send(body);
  });
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
    this.failed = 0;
    this.all = 0;
    this.running = false;
    this.list = document.getElementById("sending");
    this.bar = document.getElementById("upload-all");
    this.words = document.getElementById("upload-state");
  }

  // A card's place is its file's in the order of their names; how a browser lists them differs.
  add(chosen) {
    const files = [...chosen].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    if (!this.running) {
      this.list.replaceChildren();
      this.sent = this.failed = this.all = 0;
    }
    for (const file of files) {
      const shown = line(file);
      if (this.list.children.length < SHOWN_MAX) this.list.append(shown.item);
      this.waiting.push({ file, ...shown });
      this.all += 1;
    }
    for (const part of [this.list, this.bar, this.words]) part.hidden = false;
    if (!this.running) this.run();
  }

  async run() {
    this.running = true;
    while (this.waiting.length) {
      const { file, item, bar, state } = this.waiting.shift();
      state.textContent = "sending";
      item.scrollIntoView({ block: "nearest" });
      try {
        await sendOne(file, (part) => { bar.value = part; this.show(part); });
        bar.value = 1;
        state.textContent = "sent";
        this.sent += 1;
        document.dispatchEvent(new Event("mailroom:sent"));
      } catch (error) {
        state.textContent = error.message;
        state.className = "state badge stop";
        this.failed += 1;
      }
      this.show(0);
    }
    this.running = false;
    this.words.textContent = this.failed ? `${this.sent} sent, ${this.failed} not sent.` : this.all === 1 ? "Sent." : `All ${this.sent} sent.`;
  }

  show(part) {
    this.bar.value = (this.sent + this.failed + part) / this.all;
    this.words.textContent = `${this.sent} of ${this.all} sent`;
  }
}

if (form) {
  const queue = new Queue();
  const input = form.elements.file;
  form.querySelector("button").hidden = true;
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
