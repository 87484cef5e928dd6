// A worker that asks for a flood of quotes on its own connection and reads it slowly. Each quote keeps it busy, and
// meanwhile the browser does not read from the socket. Posts { read, conflated }, and null when the connection ends.

const WORK = 0.25; // ms for each quote: at most 4,000 a second, and the server sends 6,000
const PAUSE = 250; // ms between posts

const url = new URL("/market", location.href);
url.protocol = url.protocol.replace("http", "ws");
const socket = new WebSocket(url, "market.v1+json");
let read = 0;
let conflated = 0;
let posted = 0;

socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "flood" })));
socket.addEventListener("close", () => postMessage(null));
socket.addEventListener("message", ({ data }) => {
  const message = JSON.parse(data);
  if (message.type === "flooded") conflated = message.conflated;
  if (message.type === "quote") work();

  if (performance.now() - posted < PAUSE) return;
  posted = performance.now();
  postMessage({ read, conflated });
});

function work() {
  read++;
  const end = performance.now() + WORK;
  while (performance.now() < end);
}
