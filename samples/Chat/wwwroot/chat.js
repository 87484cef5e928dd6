// The login, the room, and the events of the server: ChatEvent of ChatMessages.cs.

import { Connection } from "./connection.js";
import { MessageLog } from "./log.js";

const byId = id => document.getElementById(id);
const door = byId("door");
const join = byId("join");
const chat = byId("chat");
const text = byId("text");
const log = new MessageLog(byId("log"), byId("newer"), byId("line"));

const HISTORY_LOST = "Connected again. The server no longer knows the messages above, for example because a restart lost its history. Messages may be missing here.";

const list = new Intl.ListFormat("en");

let connection;
let url;
let room;
let me; // as the others see the connection that is open
const shown = new Set(); // positions of the lines on the page
const members = new Map(); // by id: names may be the same
const former = new Set(); // ids of earlier connections of this page; the server may notice late that they are gone
const spoken = new Set(JSON.parse(sessionStorage.getItem("spoken") ?? "[]")); // ids under which this window spoke

// --- the door ---

const roomOfLink = () => roomOf(decodeURIComponent(location.hash.slice(1)));
const roomOf = text => text.trim().toLowerCase(); // the server does not change names

function showDoor() {
  document.title = "Krait chat";
  door.hidden = false;
  chat.hidden = true;
  join.elements.name.value = sessionStorage.getItem("name") ?? localStorage.getItem("name") ?? "";
  join.elements.room.value = roomOfLink() || "lobby";
  (join.elements.name.value ? join.querySelector("button") : join.elements.name).focus();
}

join.addEventListener("submit", event => {
  event.preventDefault();
  const name = join.elements.name.value.trim();
  localStorage.setItem("name", name); // the suggestion in the next window
  sessionStorage.setItem("name", name); // a reload of this window keeps it
  enter(name, roomOf(join.elements.room.value));
});

// --- the room ---

function enter(name, chosenRoom) {
  room = chosenRoom;
  history.replaceState(null, "", `#${encodeURIComponent(room)}`);
  byId("room-name").textContent = room;
  document.title = `#${room} – Krait chat`;
  door.hidden = true;
  chat.hidden = false;
  log.clear();
  me = undefined;
  shown.clear();
  former.clear();
  members.clear();
  showMembers();
  text.focus();

  url = new URL(`/chat/${encodeURIComponent(room)}`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  url.searchParams.set("name", name);
  connection = new Connection(url);
  connection.addEventListener("state", ({ detail }) => showState(detail));
  connection.addEventListener("message", ({ detail }) => take(detail));
  connection.open();
}

function leave() {
  connection.close();
  sessionStorage.removeItem("name");
  showDoor();
}

function take(event) {
  if (event.at) url.searchParams.set("at", event.at); // if the connection is lost, the next one goes on from here
  switch (event.kind) {
    case "Welcome": // the first event of every connection
      welcome(event);
      break;
    case "Said":
      say(event);
      break;
    case "Moved":
      move(event);
      break;
    case "Missing":
      log.note("Some messages are missing here");
      break;
    case "Refused":
      log.note(event.problem);
      text.value ||= lastSaid; // to send it again
      fit();
      break;
  }
}

function welcome({ you, members: present, recovered }) {
  const isBack = me !== undefined;
  if (isBack) former.add(me.id);
  me = you;
  spoken.add(me.id);
  sessionStorage.setItem("spoken", JSON.stringify([...spoken].slice(-50)));

  const isLost = !recovered && url.searchParams.has("at"); // the server does not know this position
  if (isLost) url.searchParams.delete("at");
  if (!isBack) log.note(`You are in as ${me.name}`);
  else log.note(isLost ? HISTORY_LOST : "Connected again");

  members.clear();
  present.forEach(add);
  showMembers();
}

// If the page is not recovered, the server sends all lines that it keeps. Some may be on the page already.
function say({ line, at }) {
  if (shown.has(at)) return;
  shown.add(at);
  if (shown.size > 100) shown.delete(shown.values().next().value); // the room keeps fewer lines
  log.said(line, spoken.has(line.by.id));
}

function move({ joined, left }) {
  left.forEach(({ id }) => members.delete(id));
  joined.forEach(add);
  note(left, "left");
  note(joined, "came in");
  showMembers();
}

function add(person) {
  if (!former.has(person.id)) members.set(person.id, person);
}

function note(people, what) {
  const names = people.filter(({ id }) => !former.has(id)).map(({ name }) => name);
  if (names.length > 4) names.splice(3, Infinity, `${names.length - 3} others`);
  if (names.length) log.note(`${list.format(names)} ${what}`);
}

function showMembers() {
  const present = [...members.values()].sort((one, other) => one.name.localeCompare(other.name));
  byId("member-count").textContent = present.length || "";
  byId("members").replaceChildren(...present.map(({ id, name }) => {
    const item = document.createElement("li");
    item.textContent = name;
    if (id === me.id) item.append(" (you)");
    return item;
  }));
}

function showState({ state, seconds }) {
  const words = {
    connecting: "connecting…",
    open: "connected",
    waiting: `connection lost, trying again in ${seconds} s`,
    closed: "left",
  };
  byId("state").textContent = words[state];
  byId("state").dataset.state = state;
  byId("say").querySelector("button").disabled = state !== "open";
}

// --- what the user does ---

let lastSaid = "";

byId("say").addEventListener("submit", event => {
  event.preventDefault();
  const said = text.value.trim();
  if (!said || !connection.isOpen) return; // the draft stays until it can be sent
  connection.send({ text: said });
  lastSaid = said;
  text.value = "";
  fit();
  text.focus();
});

text.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId("say").requestSubmit();
});

function fit() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
}

text.addEventListener("input", fit);
byId("leave").addEventListener("click", leave);

byId("invite").addEventListener("click", async ({ currentTarget: button }) => {
  await navigator.clipboard.writeText(location.href);
  button.textContent = "Copied";
  setTimeout(() => button.textContent = "Copy link", 1500);
});

// Another link in the same window: go there under the same name.
addEventListener("hashchange", () => {
  if (chat.hidden) return showDoor();
  if (!roomOfLink() || roomOfLink() === room) return;
  connection.close();
  enter(sessionStorage.getItem("name"), roomOfLink());
});

if (sessionStorage.getItem("name") && roomOfLink()) enter(sessionStorage.getItem("name"), roomOfLink());
else showDoor();
