// A feature phone. It keeps what a network keeps (the call's id and everything typed in it) and nothing else.
"use strict";

const $ = (id) => document.getElementById(id);
const { code, shortcode, limit, opening } = document.body.dataset;
const LETTERS = { 1: ".,?!1", 2: "abc2", 3: "def3", 4: "ghi4", 5: "jkl5", 6: "mno6", 7: "pqrs7", 8: "tuv8", 9: "wxyz9", 0: " 0" };
const MULTITAP_MS = 900;
const SLOW_MS = 3000;
const TWO_SEPTETS = new Set("^{}\\[~]|€\f");
const ONE_SEPTET = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

const phone = { call: "", text: "", answer: "", before: "", state: "", hops: 0, open: false, busy: false, sent: "", slow: false, letters: false, tap: null };

const number = () => $("number").value || $("other").value.replace(/[^0-9+]/g, "");

const habits = () => [...document.querySelectorAll("input[name=habit]:checked")].map((one) => one.value);

function room(text) {
  const most = Number(phone.hops === 1 && habits().includes("opening") ? opening : limit);
  const letters = [..."CON " + text];
  const wide = letters.some((letter) => !ONE_SEPTET.has(letter) && !TWO_SEPTETS.has(letter));
  if (wide) return [("CON " + text).length, Math.floor((most * 7) / 16)];
  return [letters.reduce((sum, letter) => sum + (TWO_SEPTETS.has(letter) ? 2 : 1), 0), most];
}

function show(text, ended) {
  $("screen").textContent = text;
  $("screen").classList.toggle("ended", Boolean(ended));
  $("screen").scrollTop = 0;
  const [used, most] = room(text);
  $("room").textContent = text ? `${used}/${most}` : "";
  $("room").classList.toggle("over", used > most);
}

function idle() {
  phone.open = false;
  show(`\n\n   ${code}\n\n   Call`, false);
  $("room").textContent = "";
}

async function post(path, data) {
  const answer = await fetch(`/phone/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data), credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const hop = () => ({
  number: number(), code, call: phone.call, text: phone.text, hops: phone.hops, answer: phone.answer, before: phone.before, state: phone.state, stateBefore: phone.sent,
  provider: $("provider").value, habits: habits().join(","),
});

async function send(note) {
  if (phone.busy) return;
  phone.busy = true;
  $("screen").classList.add("waiting");
  $("network").textContent = "sending …";
  const began = performance.now();
  try {
    if (phone.slow) await new Promise((done) => setTimeout(done, SLOW_MS));
    const answer = await post("hop", hop());
    phone.open = !answer.ends;
    phone.sent = phone.state;
    phone.state = answer.state || "";
    show(answer.text, answer.ends);
    const complaints = (answer.complaints || []).map((one) => ` · the network complains: ${one}`).join("");
    $("network").textContent = `${note} · ${Math.round(performance.now() - began)} ms${complaints}`;
  } catch {
    phone.open = false;
    show("No network.", true);
    $("network").textContent = note;
  }
  phone.busy = false;
  $("screen").classList.remove("waiting");
  refresh();
  setTimeout(refresh, 1500);
}

function callOrSend() {
  const typed = $("typed").value;
  $("typed").value = "";
  if (phone.busy) return;
  if (!phone.open) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    phone.call = "ATUid_" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const base = code.slice(0, -1);
    const behind = typed.startsWith(base) ? typed.slice(base.length).replace(/#$/, "").replace(/^\*/, "") : "";
    if (typed && !typed.startsWith(base)) {
      show("Only " + code + " is answered here.", true);
      return;
    }
    phone.text = behind;
    phone.before = "";
    phone.answer = behind ? typed : "";
    phone.state = "";
    phone.hops = 1;
    send("dialled");
    return;
  }
  phone.before = phone.answer;
  phone.answer = typed;
  phone.text = phone.hops === 1 && phone.text === "" ? typed : `${phone.text}*${typed}`;
  phone.hops += 1;
  send("sent");
}

async function hangUp(note) {
  if (!phone.open) return idle();
  phone.open = false;
  show($("screen").textContent, true);
  await post("drop", hop());
  $("network").textContent = note;
}

function press(key) {
  const input = $("typed");
  if (key === "#" && (phone.open || input.value === "")) {
    phone.letters = !phone.letters;
    $("mode").textContent = phone.letters ? "abc" : "123";
    return;
  }
  const cycle = LETTERS[key];
  if (!phone.letters || !cycle) {
    input.value += key;
    return;
  }
  const now = performance.now();
  const tap = phone.tap;
  if (tap && tap.key === key && now - tap.at < MULTITAP_MS) {
    const next = (tap.index + 1) % cycle.length;
    input.value = input.value.slice(0, -1) + cycle[next];
    phone.tap = { key, at: now, index: next };
  } else {
    input.value += cycle[0];
    phone.tap = { key, at: now, index: 0 };
  }
}

let read = 0;
async function refresh() {
  if (!number()) return;
  const answer = await fetch(`/phone/inbox?number=${encodeURIComponent(number())}`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const messages = await answer.json();
  $("none").hidden = messages.length > 0;
  $("envelope").hidden = messages.length <= read;
  read = messages.length;
  $("inbox").replaceChildren(...messages.reverse().map((message) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const meta = document.createElement("small");
    words.textContent = message.words;
    meta.textContent = `${message.from} · ${new Date(message.at * 1000).toTimeString().slice(0, 5)}`;
    item.append(words, meta);
    return item;
  }));
}

function changeSim() {
  $("other").hidden = $("number").value !== "";
  const chosen = $("number").selectedOptions[0].textContent;
  $("sim").textContent = $("number").value ? chosen.split(" +")[0] : "SIM";
  read = 0;
  if (phone.open) hangUp("changed the SIM");
  idle();
  refresh();
}

$("call").addEventListener("click", callOrSend);
$("clear").addEventListener("click", () => { $("typed").value = $("typed").value.slice(0, -1); });
$("end").addEventListener("click", () => hangUp("ended the call"));
$("drop").addEventListener("click", () => hangUp("the call was dropped"));
$("again").addEventListener("click", () => { 
  if (!phone.call) return;
  phone.state = phone.sent;
  send("that hop again");
});
$("slow").addEventListener("click", () => {
  phone.slow = !phone.slow;
  $("slow").setAttribute("aria-pressed", String(phone.slow));
  $("bars").textContent = phone.slow ? "▮▯▯▯" : "▮▮▮▮";
});
$("number").addEventListener("change", changeSim);
$("other").addEventListener("change", refresh);
$("provider").addEventListener("change", () => { if (phone.open) hangUp("changed the provider"); idle(); });
for (const key of document.querySelectorAll(".key")) key.addEventListener("click", () => press(key.dataset.key));
$("typed").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); callOrSend(); }
});
$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = $("words").value.trim();
  if (!words) return;
  $("words").value = "";
  await post("sms", { number: number(), words, to: shortcode });
  setTimeout(refresh, 700);
  setTimeout(refresh, 2000);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return void hangUp("ended the call");
  if (event.target.closest("input, select, button") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^[0-9*#a-zA-Z .,?]$/.test(event.key)) { $("typed").value += event.key; $("typed").focus(); event.preventDefault(); }
  if (event.key === "Enter") callOrSend();
  if (event.key === "Backspace") $("clear").click();
});
setInterval(() => { $("clock").textContent = new Date().toTimeString().slice(0, 5); }, 1000);
setInterval(() => { if (!document.hidden) refresh(); }, 4000);
changeSim();
