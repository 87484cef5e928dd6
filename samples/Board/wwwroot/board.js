// The page: the login, the board, and the events of the server (Messages/*.cs).

import { Connection } from "./connection.js";
import { Editor } from "./editor.js";
import { Outbox } from "./outbox.js";
import { People } from "./people.js";
import { Session } from "./session.js";
import { apply, columnOf, find, isChange, preview } from "./state.js";
import { View } from "./view.js";

const TOKEN_EXPIRED = 4401; // TokenExpired of BoardApplication.cs
const REFUSED = 1008; // the server does not want this page back

const byId = id => document.getElementById(id);
const session = new Session();
const people = new People(byId("people"));
const outbox = new Outbox(message => {
  const isOpen = isWelcome && connection.isOpen;
  if (isOpen) connection.send(message);
  return isOpen;
});

let connection;
let isWelcome = false; // whether the server has sent the board on this connection
let version = 0;
let columns = []; // as the server has them
const shown = () => outbox.commands.reduce(preview, columns);

// --- commands of the user ---

const send = command => {
  outbox.add(command);
  show();
};

const move = (card, column, before) => {
  if (card !== before) send({ type: "moveCard", card, column, before });
};

const view = new View(byId("columns"), {
  add: (column, title) => send({ type: "addCard", card: newId(), column, title }),
  edit: card => editor.open(shown(), card),
  move,
});

const editor = new Editor(byId("editor"), {
  rename: (card, title) => send({ type: "renameCard", card, title }),
  remove: card => send({ type: "removeCard", card }),
  move,
});

// crypto.randomUUID needs HTTPS, except on localhost. This does not, so the board can be tried from a phone.
function newId() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return bytes.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
}

// --- events of the server ---

function take(event) {
  if (isChange(event)) return change(event);
  switch (event.type) {
    case "welcome": return welcome(event);
    case "people": return people.change(event.joined, event.left);
    case "done": outbox.settle(event.id); return show();
    case "problem": outbox.settle(event.id); tell(event.text); return show();
    case "tooFast": return void setTimeout(() => outbox.sendCardsAgain(), event.seconds * 1000);
    // Wait a second, because tokens end at whole seconds: a token that you renew at once might not last longer.
    case "expiring": return void setTimeout(() => session.isOpen && session.renew(), 1000);
    case "goAway": return connection.goAway(event.seconds);
  }
}

function welcome({ people: present, board }) {
  isWelcome = true;
  ({ version, columns } = board);
  people.set(present);
  const lost = outbox.reconnected();
  if (lost.length) tell("The connection was lost twice. Please check whether your last change is there.");
  show();
}

function change(event) {
  if (event.version <= version) return; // it is already in the snapshot
  const before = columns;
  version = event.version;
  columns = apply(columns, event);
  if (event.by !== session.name) tell(sentence(event, before));
  show();
}

function sentence({ type, by, card, column, title }, before) {
  const name = id => `“${find(before, id)?.title}”`;
  const titleOf = id => columns.find(column => column.id === id).title;
  switch (type) {
    case "cardAdded": return `${by} added “${card.title}”`;
    case "cardMoved": return `${by} moved ${name(card)} ${columnOf(before, card)?.id === column ? "within" : "to"} ${titleOf(column)}`;
    case "cardRenamed": return `${by} renamed ${name(card)} to “${title}”`;
    case "cardRemoved": return `${by} removed ${name(card)}`;
  }
}

// --- showing ---

function show() {
  view.show(shown());
  if (byId("editor").open) editor.show(shown());
}

let newsTimer;

function tell(text) {
  const news = byId("news");
  news.textContent = text;
  news.hidden = false;
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => news.hidden = true, 6000);
}

function showState({ state, seconds }) {
  const words = { connecting: "connecting…", open: "connected", waiting: `reconnecting in ${seconds} s` };
  byId("state").textContent = words[state];
  byId("state").dataset.state = state;
}

// --- login and board ---

const boardOfLink = () => location.hash.slice(1) || "demo";

function enter() {
  byId("door").hidden = true;
  byId("app").hidden = false;
  byId("board-name").textContent = boardOfLink();
  document.title = `${boardOfLink()} – Krait board`;

  const url = new URL(`/boards/${boardOfLink()}`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  connection = new Connection(url, session);
  connection.addEventListener("state", ({ detail }) => showState(detail));
  connection.addEventListener("message", ({ detail }) => take(detail));
  connection.addEventListener("lost", ({ detail }) => lose(detail));
  connection.open();
}

function lose({ code, wasOpen }) {
  isWelcome = false;
  if (code === TOKEN_EXPIRED) leave("Your session has ended. Please log in again.");
  else if (code === REFUSED) leave("The server has closed the connection.");
  else if (!wasOpen) session.renew(); // a page cannot see why an upgrade failed; if the token is invalid, this ends the session
}

function leave(problem) {
  isWelcome = false;
  connection?.close();
  session.end();
  editor.close();
  byId("app").hidden = true;
  byId("door").hidden = false;
  document.title = "Krait board";
  byId("login-problem").textContent = problem;
  const { name, password, board } = byId("login").elements;
  name.value ||= localStorage.getItem("name") ?? "";
  board.value = boardOfLink();
  (name.value ? password : name).focus();
}

session.addEventListener("renewed", () => {
  if (isWelcome && connection.isOpen) connection.send({ type: "renew", id: outbox.nextId(), token: session.token });
});
session.addEventListener("ended", () => leave("Your session has ended. Please log in again."));

byId("login").addEventListener("submit", async event => {
  event.preventDefault();
  const { name, password, board } = event.target.elements;
  const problem = await session.logIn(name.value.trim(), password.value);
  if (problem) return byId("login-problem").textContent = problem;
  localStorage.setItem("name", name.value.trim());
  history.replaceState(null, "", `#${board.value}`);
  password.value = "";
  enter();
});
byId("logout").addEventListener("click", () => {
  session.end();
  location.reload(); // removes everything of this user from the page
});
addEventListener("hashchange", () => location.reload());

if (session.isOpen) enter(); // after a reload
else leave("");
