// A device with one thermometer: the slider. The messages are those of telemetry.proto.

import { bytes, double, read, string, uint } from "./protobuf.js";

const byId = id => document.getElementById(id);
const log = byId("log");
const count = new Intl.NumberFormat();
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

// A reload goes on as the same device, with the next number.
const device = sessionStorage.getItem("device") ?? `page-${Math.random().toString(36).slice(2, 6)}`;
let lastNumber = Number(sessionStorage.getItem("lastNumber"));
sessionStorage.setItem("device", device);

let socket;
let timer;
let interval = 10; // seconds, until the server asks for another
let waiting = []; // readings that the server has not acknowledged
const totals = { taken: 0, acknowledged: 0, bytes: 0 };

function connect() {
  const url = new URL(`/telemetry/${device}`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  socket = new WebSocket(url, "telemetry.v1+proto");
  socket.binaryType = "arraybuffer";
  showState("connecting");
  socket.addEventListener("open", () => {
    showState("open");
    send(bytes(1, string(1, "page")), 'Hello: model "page"');
    waiting.forEach(sendReading); // the server keeps the newest one if a reading comes twice
  });
  socket.addEventListener("message", ({ data }) => take(new Uint8Array(data)));
  socket.addEventListener("close", ({ code, reason }) => showState("closed", `closed: ${code} ${reason}`.trim()));
}

// --- what the device sends: FromDevice ---

function takeReading() {
  const reading = { number: ++lastNumber, value: byId("value").valueAsNumber };
  sessionStorage.setItem("lastNumber", lastNumber);
  waiting.push(reading);
  totals.taken++;
  if (socket.readyState === WebSocket.OPEN) sendReading(reading);
  showTotals();
}

function sendReading({ number, value }) {
  const reading = [...uint(1, number), ...string(2, "celsius"), ...double(3, value)];
  send(bytes(2, reading), `Reading ${number}: celsius = ${value}`);
}

function send(message, meaning) {
  socket.send(new Uint8Array(message));
  totals.bytes += message.length;
  show("device", meaning, message);
  showTotals();
}

// --- what the server sends: ToDevice ---

function take(message) {
  const [field, content] = Object.entries(read(message))[0];
  switch (Number(field)) {
    case 1: return settings(message, read(content)[1] ?? 0);
    case 2: return acknowledgement(message, read(content)[1] ?? 0);
    case 3: return show("server", `Refusal: ${new TextDecoder().decode(read(content)[1])}`, message);
  }
}

function settings(message, seconds) {
  show("server", `Settings: a reading every ${seconds} s`, message);
  interval = seconds;
  byId("interval").textContent = `One every ${seconds} s, as the server asks`;
  repeat();
}

function acknowledgement(message, number) {
  show("server", `Acknowledgement: everything up to ${number}`, message);
  const left = waiting.filter(reading => reading.number > number);
  totals.acknowledged += waiting.length - left.length;
  waiting = left;
  showTotals();
  if (waiting.length === 0) showKnown(); // after the last one, since each asks the server
}

// --- what is shown ---

function show(from, meaning, message) {
  const item = byId("frame").content.cloneNode(true).querySelector("li");
  item.dataset.from = from;
  item.querySelector("time").textContent = time.format(new Date());
  item.querySelector(".from").textContent = from;
  item.querySelector(".content").textContent = meaning;
  item.querySelector("code").textContent = Array.from(message, byte => byte.toString(16).padStart(2, "0")).join(" ");
  log.append(item);
  log.scrollTop = log.scrollHeight;
}

function showTotals() {
  for (const [id, total] of Object.entries({ ...totals, waiting: waiting.length })) byId(id).textContent = count.format(total);
}

async function showKnown() {
  byId("known").textContent = await (await fetch("/readings")).text() || "none yet";
}

function showState(state, words = { connecting: "connecting…", open: "connected" }[state]) {
  byId("state").textContent = words;
  byId("state").dataset.state = state;
  byId("nonsense").disabled = state !== "open";
  byId("toggle").textContent = state === "closed" ? "Connect" : "Disconnect";
}

function showValue() {
  byId("shown").textContent = `${byId("value").valueAsNumber.toFixed(1)} °C`;
}

// --- what you do ---

function repeat() {
  clearInterval(timer);
  if (byId("regular").checked) timer = setInterval(takeReading, interval * 1000);
}

byId("value").addEventListener("input", showValue);
byId("regular").addEventListener("change", repeat);
byId("nonsense").addEventListener("click", () => send([0xff], "no message at all"));
byId("send").addEventListener("submit", event => {
  event.preventDefault();
  takeReading();
});
byId("toggle").addEventListener("click", () => {
  if (byId("state").dataset.state === "closed") connect();
  else socket.close(1000, "unplugged");
});

byId("device").textContent = device;
showValue();
connect();
showKnown();
