// What the pages do by themselves: the live log. Everything works without it, by loading the page again.
"use strict";

const EVERY_MS = 3000;
const live = document.getElementById("live");

if (live) {
  const body = document.querySelector("#transactions tbody");
  const pause = document.getElementById("pause");
  const pulse = document.getElementById("pulse");
  let newest = live.dataset.newest;
  let paused = false;

  const say = (words) => { pulse.textContent = words; };

  pause.hidden = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    pause.textContent = paused ? "Go on" : "Pause";
    say(paused ? "Paused" : "Live");
  });

  const look = async () => {
    if (paused || document.hidden) return;
    const url = new URL(live.dataset.url, location.href);
    url.searchParams.set("after", newest);
    try {
      const answer = await fetch(url, { credentials: "same-origin", redirect: "error" });
      if (answer.status === 200) {
        newest = answer.headers.get("X-Newest") || newest;
        const rows = document.createElement("tbody");
        rows.innerHTML = await answer.text();
        for (const row of rows.children) row.classList.add("fresh");
        body.prepend(...rows.children);
        document.querySelector(".empty")?.remove();
      }
      say("Live");
    } catch {
      say("Not connected; trying again");
    }
  };

  say("Live");
  setInterval(look, EVERY_MS);
}
