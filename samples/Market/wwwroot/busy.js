// The switch that starts busy clients: each watches all stocks and asks for prices again and again.

const CLIENTS = 12;
const PAUSE = 100; // ms between the questions of a client

const [box, words] = ["busy", "busyness"].map(id => document.getElementById(id));
const off = words.textContent;
const url = new URL("/market", location.href);
url.protocol = url.protocol.replace("http", "ws");
let clients = [];

box.addEventListener("change", () => {
  clients.forEach(client => client.stop());
  clients = box.checked ? Array.from({ length: CLIENTS }, () => work()) : [];
  words.textContent = box.checked ? `${CLIENTS} connections ask ${CLIENTS * 1000 / PAUSE} times a second.` : off;
});

function work() {
  const socket = new WebSocket(url, "market.v1+json");
  let timer;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.type !== "listing") return;
    const symbols = message.stocks.map(stock => stock.symbol);
    const say = command => socket.send(JSON.stringify(command));
    symbols.forEach(symbol => say({ type: "subscribe", symbol }));
    timer = setInterval(() => say({ type: "getHistory", symbol: pick(symbols), points: 20 }), PAUSE);
  });
  socket.addEventListener("close", () => clearInterval(timer));
  return {
    stop() {
      clearInterval(timer);
      socket.close(1000);
    },
  };
}

const pick = symbols => symbols[Math.floor(Math.random() * symbols.length)];
