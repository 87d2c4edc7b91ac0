"use strict";
/* Searches the page, and unfolds. Without this script everything stands folded, and the browser's own search finds it. */
(() => {
  const search = document.getElementById("sok");
  const words = document.getElementById("ord");
  const told = search.querySelector("[role=status]");
  const entries = [...document.querySelectorAll(".entry")];
  const texts = entries.map((entry) => entry.textContent.toLowerCase());
  const groups = [...document.querySelectorAll("[data-group]")];

  function show() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    entries.forEach((entry, place) => (entry.hidden = !wanted.every((word) => texts[place].includes(word))));
    groups.forEach((group) => (group.hidden = !group.querySelector(".entry:not([hidden])")));
    const seen = entries.filter((entry) => !entry.hidden).length;
    told.textContent = wanted.length ? `Visar ${seen} av ${entries.length}.` : "";
  }

  function fold(open) {
    entries.filter((entry) => !entry.hidden).forEach((entry) => (entry.open = open));
  }

  function reveal() {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!found || !found.matches(".entry")) return;
    if (found.hidden) {
      words.value = "";
      show();
    }
    found.open = true;
    found.scrollIntoView();
  }

  search.hidden = false;
  words.addEventListener("input", show);
  document.getElementById("oppna").addEventListener("click", () => fold(true));
  document.getElementById("stang").addEventListener("click", () => fold(false));
  addEventListener("hashchange", reveal);
  addEventListener("pageshow", show);
  reveal();
})();
