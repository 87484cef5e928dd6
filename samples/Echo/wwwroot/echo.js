// Sends text and files, and shows each message again when it has come back.

const byId = id => document.getElementById(id);
const log = byId("log");
const count = new Intl.NumberFormat();

let socket;
let waiting = []; // sent and not back yet: the server answers in order

function connect() {
  const url = new URL("/echo", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  showState("connecting");
  socket.addEventListener("open", () => showState("open"));
  socket.addEventListener("message", ({ data }) => take(data));
  socket.addEventListener("close", ({ code, reason }) => {
    waiting.forEach(({ item }) => showResult(item, "bad", "lost with the connection"));
    waiting = [];
    showState("closed", `closed: ${code} ${reason}`.trim());
  });
}

// --- sending ---

function sendText(text) {
  send(text, text, `text, ${bytesOf(new TextEncoder().encode(text).length)}`);
}

async function sendFile(file) {
  const data = await file.arrayBuffer();
  if (socket.readyState === WebSocket.OPEN) send(data, file.name, `binary, ${bytesOf(data.byteLength)}`, file.type);
}

function send(data, content, facts, type = "") {
  const item = byId("message").content.cloneNode(true).querySelector("li");
  item.querySelector(".content").textContent = content;
  item.querySelector(".sent").textContent = `${facts} –`;
  log.append(item);
  log.scrollTop = log.scrollHeight;
  waiting.push({ item, data, type, at: performance.now() });
  socket.send(data);
}

// --- what comes back ---

function take(data) {
  const { item, data: sent, type, at } = waiting.shift();
  const milliseconds = (performance.now() - at).toFixed(1);
  if (isSame(data, sent)) showResult(item, "same", `back unchanged after ${milliseconds} ms`);
  else showResult(item, "bad", `back changed after ${milliseconds} ms`);
  if (type.startsWith("image/")) showImage(item, new Blob([data], { type }));
}

function isSame(one, other) {
  if (typeof one !== typeof other) return false;
  if (typeof one === "string") return one === other;
  const [bytes, others] = [new Uint8Array(one), new Uint8Array(other)];
  return bytes.length === others.length && bytes.every((byte, index) => byte === others[index]);
}

function showResult(item, result, text) {
  item.querySelector(".back").textContent = text;
  item.querySelector(".back").dataset.result = result;
}

function showImage(item, blob) {
  const image = new Image();
  image.alt = "The image that came back";
  image.addEventListener("load", () => {
    URL.revokeObjectURL(image.src);
    log.scrollTop = log.scrollHeight;
  });
  image.addEventListener("error", () => { // the name of a file can say image where there is none
    URL.revokeObjectURL(image.src);
    image.remove();
  });
  image.src = URL.createObjectURL(blob);
  item.append(image);
}

function showState(state, words = { connecting: "connecting…", open: "connected" }[state]) {
  byId("state").textContent = words;
  byId("state").dataset.state = state;
  byId("send").querySelector("button").disabled = state !== "open";
  byId("file").disabled = state !== "open";
  byId("toggle").textContent = state === "closed" ? "Connect" : "Disconnect";
}

const bytesOf = number => `${count.format(number)} ${number === 1 ? "byte" : "bytes"}`;

// --- what you do ---

byId("send").addEventListener("submit", event => {
  event.preventDefault();
  sendText(byId("text").value);
});

byId("file").addEventListener("change", async ({ target }) => {
  for (const file of target.files) await sendFile(file);
  target.value = ""; // else choosing the same file again does nothing
});

// On the whole page: a browser opens a file that misses the field.
addEventListener("dragover", event => {
  event.preventDefault();
  byId("drop").classList.add("over");
});
addEventListener("dragleave", event => event.relatedTarget || byId("drop").classList.remove("over"));
addEventListener("drop", async event => {
  event.preventDefault();
  byId("drop").classList.remove("over");
  if (byId("file").disabled) return showState("closed", "not connected: press Connect first");
  for (const file of [...event.dataTransfer.files]) await sendFile(file);
});

byId("toggle").addEventListener("click", () => {
  if (byId("state").dataset.state === "closed") connect();
  else socket.close(1000, "enough");
});

connect();
