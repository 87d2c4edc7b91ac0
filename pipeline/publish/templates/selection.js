"use strict";
/* Shows the metrics of one area, told by one unit, or of one status, on the screen only: paper always gets the whole report.
   Without this script the page shows all of them, and no choice. Links always lead to what they name. */
(() => {
  const form = document.getElementById("urval");
  if (!form) return;
  const [area, unit, status] = form.querySelectorAll("select");
  const clear = form.querySelector("button");
  const told = form.querySelector("[role=status]");
  const choices = [area, unit, status];
  const JUDGED = ".facts:not(.listing) .judged .status, .listing .status, .opening > p > .status";
  const texts = (inside, what) => [...inside.querySelectorAll(what)].map((one) => one.textContent);

  const areas = [...document.querySelectorAll("section.area")].map((section) => ({
    section,
    anchor: section.getAttribute("aria-labelledby"),
    metrics: [...section.querySelectorAll("article")].map((article) => ({
      article,
      units: new Set(texts(article, "[data-units] tbody th, [data-units] .who")),
      rows: [...article.querySelectorAll("[data-units] tbody tr, [data-units] .who")],
      marks: new Set([...article.querySelectorAll(JUDGED)].flatMap((one) => [...one.classList])),
    })),
  }));
  const metrics = areas.flatMap((one) => one.metrics);
  const entries = [...document.querySelectorAll(".contents li")].map((entry) => ({
    entry,
    article: document.getElementById(entry.querySelector("a").hash.slice(1))?.closest("article, section.area"),
  }));

  function offer() {
    const units = [...new Set(metrics.flatMap((one) => [...one.units]))].sort(new Intl.Collator(say("sv")).compare);
    unit.append(...units.map((name) => new Option(name, name)));
    const marks = new Set(metrics.flatMap((one) => [...one.marks]));
    [...status.options].filter((one) => one.value && !marks.has(one.value)).forEach((one) => one.remove());
    choices.forEach((one) => (one.parentElement.hidden = one.options.length < 2));
  }

  function chosen() {
    return choices.filter((one) => one.value).map((one) => {
      const name = one.previousElementSibling.textContent.trim().toLowerCase();
      return say(`${name} ”${one.selectedOptions[0].textContent}”`);
    });
  }

  function note(one, shown) {
    one.note?.remove();
    if (shown === one.metrics.length || !shown) return;
    const all = document.createElement("button");
    all.type = "button";
    all.textContent = form.dataset.all;
    all.addEventListener("click", () => {
      reset();
      one.section.scrollIntoView();
      clear.focus({ preventScroll: true });
    });
    one.note = document.createElement("p");
    one.note.className = "chosen";
    one.note.append(say(`Visar ${shown} av ${one.metrics.length} mått: ${chosen().join(", ")}. `), all);
    one.section.querySelector("h2").after(one.note);
  }

  function show() {
    let seen = 0;
    for (const one of areas) {
      let shown = 0;
      for (const { article, units, rows, marks } of one.metrics) {
        const fits =
          (!area.value || area.value === one.anchor) &&
          (!unit.value || units.has(unit.value)) &&
          (!status.value || marks.has(status.value));
        article.classList.toggle("away", !fits);
        shown += fits;
        for (const row of rows) {
          if (unit.value && (row.cells?.[0] ?? row).textContent === unit.value) row.setAttribute("aria-current", "true");
          else row.removeAttribute("aria-current");
        }
      }
      one.section.classList.toggle("away", !shown);
      note(one, shown);
      seen += shown;
    }
    entries.forEach(({ entry, article }) => entry.classList.toggle("away", Boolean(article?.matches(".away"))));
    clear.hidden = !chosen().length;
    if (clear.hidden) told.textContent = "";
    else if (!seen) told.textContent = say(`Inget mått stämmer med ${chosen().join(" och ")}.`);
    else told.textContent = say(`Visar ${seen} av ${metrics.length} mått: ${chosen().join(", ")}.`);
  }

  function reset() {
    choices.forEach((one) => (one.value = ""));
    show();
  }

  /* Makes what a link names visible; whether anything had to be shown or unfolded. */
  function reveal(hash) {
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return false;
    const away = target.closest(".away");
    if (away) reset();
    let folded = target.parentElement.closest("details:not([open])");
    const moved = Boolean(away || folded);
    for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
    if (moved) target.scrollIntoView();
    return moved;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) reveal(link.hash);
  });
  addEventListener("hashchange", () => reveal(location.hash));
  choices.forEach((one) => one.addEventListener("change", show));
  clear.addEventListener("click", () => {
    reset();
    area.focus();
  });
  offer();
  form.hidden = false;
  addEventListener("pageshow", () => {
    show();
    if (location.hash) reveal(location.hash);
  });
})();
