// The door, the room, and what the server tells: ChatEvent of ChatMessages.cs.

import { Connection } from "./connection.js";
import { MessageLog } from "./log.js";

const byId = id => document.getElementById(id);
const door = byId("door");
const join = byId("join");
const chat = byId("chat");
const text = byId("text");
const log = new MessageLog(byId("log"), byId("newer"), byId("line"));

let connection;
let room;

// --- the door ---

const roomOfLink = () => decodeURIComponent(location.hash.slice(1));

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
  localStorage.setItem("name", name); // what the next window suggests
  sessionStorage.setItem("name", name); // what a reload of this one goes on with
  enter(name, join.elements.room.value.trim());
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
  showMembers([]);
  text.focus();

  const url = new URL(`/chat/${encodeURIComponent(room)}`, location.href);
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
  switch (event.kind) {
    case "Welcome": // the first event of every connection: what is shown starts afresh
      log.welcome(event.name, event.history);
      showMembers(event.members, event.name);
      break;
    case "Said":
      log.said(event.line);
      break;
    case "Entered":
      log.note(`${event.name} came in`);
      showMembers(event.members);
      break;
    case "Left":
      log.note(`${event.name} left`);
      showMembers(event.members);
      break;
    case "Refused":
      log.note(event.problem);
      break;
  }
}

let ownName;

function showMembers(names, own = ownName) {
  ownName = own;
  byId("member-count").textContent = names.length || "";
  byId("members").replaceChildren(...names.map(name => {
    const item = document.createElement("li");
    item.textContent = name;
    if (name === ownName) item.append(" (you)");
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

byId("say").addEventListener("submit", event => {
  event.preventDefault();
  const said = text.value.trim();
  if (!said || !connection.isOpen) return; // the draft stays until it can be sent
  connection.send({ text: said });
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
