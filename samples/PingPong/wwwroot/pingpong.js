// The client: it answers pings, sends the text that you type, and shows every message.

const PING = "PING: ";
const PONG = "PONG: ";

const byId = id => document.getElementById(id);
const log = byId("log");
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

let socket;

function connect() {
  const url = new URL("/pingpong", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  socket = new WebSocket(url, "pingpong");
  showState("connecting");
  socket.addEventListener("open", () => showState("open"));
  socket.addEventListener("close", ({ code, reason }) => showState("closed", `closed: ${code} ${reason}`.trim()));
  socket.addEventListener("message", ({ data }) => {
    show("in", data);
    if (data.startsWith(PING) && byId("answer").checked) send(PONG + data.slice(PING.length));
  });
}

function send(text) {
  socket.send(text);
  show("out", text);
}

function show(direction, text) {
  const item = document.createElement("li");
  const at = document.createElement("time");
  const frame = document.createElement("span");
  at.textContent = time.format(new Date());
  frame.textContent = text;
  item.className = direction;
  frame.className = "content";
  item.append(at, direction === "in" ? "server" : "page", frame);
  log.append(item);
  log.scrollTop = log.scrollHeight;
}

function showState(state, words = { connecting: "connecting…", open: "connected" }[state]) {
  byId("state").textContent = words;
  byId("state").dataset.state = state;
  byId("send").querySelector("button").disabled = state !== "open";
  byId("toggle").textContent = state === "closed" ? "Connect" : "Disconnect";
}

byId("send").addEventListener("submit", event => {
  event.preventDefault();
  send(byId("text").value);
});

byId("toggle").addEventListener("click", () => {
  if (byId("state").dataset.state === "closed") connect();
  else socket.close(1000, "enough");
});

connect();
