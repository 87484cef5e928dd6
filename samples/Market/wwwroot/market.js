// The stocks that you watch, and the events of the server: MarketEvent of MarketEvents.cs.

import { Chart, POINTS } from "./chart.js";
import { Connection } from "./connection.js";

const byId = id => document.getElementById(id);
const charts = new Map(); // by symbol: what is watched
let stocks = [];

const url = new URL("/market", location.href);
url.protocol = url.protocol.replace("http", "ws");
const connection = new Connection(url, "market.v1+json");

// --- events of the server ---

connection.addEventListener("state", ({ detail: { state, seconds } }) => {
  const words = {
    connecting: "connecting…",
    open: "live",
    waiting: `connection lost, trying again in ${seconds} s`,
  };
  byId("state").textContent = words[state];
  byId("state").dataset.state = state;
  document.body.classList.toggle("stale", state !== "open");
});

// The first event of every connection. The server does not remember the connection before, so ask for everything again.
connection.addEventListener("listing", ({ detail }) => {
  stocks = detail.stocks;
  const wanted = remembered() ?? stocks.slice(0, 3).map(stock => stock.symbol);
  offer(wanted);
  charts.clear();
  stocks.filter(stock => wanted.includes(stock.symbol)).forEach(watch);
  show();
});

connection.addEventListener("quote", ({ detail }) => charts.get(detail.symbol)?.add(detail));
connection.addEventListener("problem", ({ detail }) => complain(detail.text));

// --- the stocks that you watch ---

const offered = () => [...byId("picker").querySelectorAll("input")].map(box => box.name);

// Does not replace boxes that are right already: one of them may have the focus.
function offer(wanted) {
  if (stocks.map(stock => stock.symbol).join() === offered().join()) return;
  byId("picker").querySelectorAll("label").forEach(label => label.remove());
  byId("picker").append(...stocks.map(stock => pick(stock, wanted.includes(stock.symbol))));
}

function pick({ symbol, name }, checked) {
  const label = byId("pick").content.cloneNode(true).querySelector("label");
  const box = label.querySelector("input");
  label.querySelector("span").textContent = symbol;
  label.title = name;
  box.name = symbol;
  box.checked = checked;
  box.addEventListener("change", () => {
    const stock = stocks.find(stock => stock.symbol === symbol);
    if (box.checked) watch(stock);
    else unwatch(stock);
    localStorage.setItem("watched", JSON.stringify([...charts.keys()]));
    show();
  });
  return label;
}

function watch(stock) {
  const { symbol } = stock;
  const chart = new Chart(stock, byId("card"));
  charts.set(symbol, chart);
  Promise.all([
    connection.request({ type: "subscribe", symbol }),
    connection.request({ type: "getHistory", symbol, points: POINTS }).then(history => chart.setHistory(history.points)),
  ]).catch(problem => charts.get(symbol) === chart && complain(problem.message));
}

function unwatch({ symbol }) {
  charts.delete(symbol);
  connection.send({ type: "unsubscribe", symbol });
}

function show() {
  const watched = stocks.filter(stock => charts.has(stock.symbol));
  byId("charts").replaceChildren(...watched.map(stock => charts.get(stock.symbol).element));
  byId("nothing").hidden = watched.length > 0;
}

const remembered = () => JSON.parse(localStorage.getItem("watched"));

let silence;

function complain(text) {
  clearTimeout(silence);
  byId("problem").textContent = text;
  byId("problem").hidden = false;
  silence = setTimeout(() => byId("problem").hidden = true, 5000);
}

connection.open();
