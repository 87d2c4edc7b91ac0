"use strict";
/* Shows the faults of one unit at a time. Without this script the page shows all of them, and no choice. */
(() => {
  const filter = document.getElementById("enhetsfilter");
  if (!filter) return;
  const choice = filter.querySelector("select");
  const told = filter.querySelector("[role=status]");
  const rows = [...document.querySelectorAll("tr[data-unit]")];
  const faults = rows.filter((row) => row.closest("[data-faults]"));
  const blocks = [...document.querySelectorAll("[data-filtered]")];
  const swedish = new Intl.NumberFormat("sv");

  function show() {
    const unit = choice.value;
    rows.forEach((row) => (row.hidden = unit !== "" && row.dataset.unit !== unit));
    blocks.forEach((block) => (block.hidden = !block.querySelector("tr[data-unit]:not([hidden])")));
    const seen = faults.filter((row) => !row.hidden).length;
    told.textContent = unit === "" ? "" : `Visar ${swedish.format(seen)} av sidans ${swedish.format(faults.length)} fel.`;
  }

  filter.hidden = false;
  choice.addEventListener("change", show);
  addEventListener("pageshow", show);
})();
