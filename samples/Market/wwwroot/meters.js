// Takes the snapshots of the server (MeterSnapshot.cs) and shows the last minute of them.

import { Bars } from "./bars.js";
import { Connection } from "./connection.js";
import { Tile } from "./tile.js";
import { bytes, duration, number, percent, rate } from "./units.js";

const LENGTH = 60;
const byId = id => document.getElementById(id);
const sum = counts => Object.values(counts).reduce((total, count) => total + count, 0);
const p50 = ({ handlerP50 }) => handlerP50 === undefined ? "" : `half within ${duration(handlerP50).join(" ")}`;

const tiles = [
  { title: "Connections open", tone: "flow", of: s => s.connections, words: number },
  { title: "Messages in", tone: "flow", of: s => s.received, words: rate },
  { title: "Messages out", tone: "flow", of: s => s.sent, words: rate },
  { title: "Handler p99", tone: "time", of: s => s.handlerP99, words: duration, note: p50 },
  { title: "Lost or conflated", tone: "loss", of: s => s.lost, words: rate },
  { title: "Refused upgrades", tone: "loss", of: s => s.refused, words: rate, note: s => `${sum(s.refusals)} since the start` },
  { title: "Processor", tone: "machine", of: s => s.cpu, words: percent, top: 0.05 },
  { title: "Working set", tone: "machine", of: s => s.memory, words: bytes },
].map(meter => new Tile(meter, byId("tile")));

const closes = new Bars("Why connections ended", "No connection has ended yet.", "flow", byId("panel"), byId("bar"));
const refusals = new Bars("Why upgrades were refused", "No upgrade was refused yet.", "loss", byId("panel"), byId("bar"));
byId("tiles").append(...tiles.map(tile => tile.element));
byId("panels").append(closes.element, refusals.element);

const url = new URL("/meters", location.href);
url.protocol = url.protocol.replace("http", "ws");
const connection = new Connection(url);
let snapshots = [];
let isDrawn = true;

connection.addEventListener("state", ({ detail: { state, seconds } }) => {
  const words = {
    connecting: "connecting…",
    open: "live",
    waiting: `connection lost, trying again in ${seconds} s`,
  };
  byId("state").textContent = words[state];
  byId("state").dataset.state = state;
  document.body.classList.toggle("stale", state !== "open");
  if (state === "open") snapshots = []; // the server sends the last minute again
});

// The last minute comes in one burst, which is drawn once.
connection.addEventListener("message", ({ detail }) => {
  snapshots.push(detail);
  if (snapshots.length > LENGTH) snapshots.shift();
  if (isDrawn) requestAnimationFrame(draw);
  isDrawn = false;
});

function draw() {
  isDrawn = true;
  const latest = snapshots.at(-1);
  if (!latest) return;
  tiles.forEach(tile => tile.show(snapshots, LENGTH));
  closes.show(latest.closes);
  refusals.show(latest.refusals);
}

connection.open();
