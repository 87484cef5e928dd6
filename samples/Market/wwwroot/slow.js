// The switch that starts a slow reader, and the counts of quotes that it read and that the server conflated.

const [box, words] = ["slow", "slowness"].map(id => document.getElementById(id));
const off = words.textContent;
const count = new Intl.NumberFormat();
let reader;

box.addEventListener("change", () => {
  if (box.checked) start();
  else stop(off);
});

function start() {
  words.textContent = "connecting…";
  reader = new Worker("slow-reader.js");
  reader.addEventListener("message", ({ data }) => data ? show(data) : stop("The slow reader lost its connection."));
}

function stop(text) {
  reader.terminate();
  box.checked = false;
  words.textContent = text;
}

function show({ read, conflated }) {
  words.textContent = `${count.format(read)} quotes read, ${count.format(conflated)} conflated`;
}
