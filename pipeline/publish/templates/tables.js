"use strict";
/* Tables that can be sorted and copied. Without this script they stand in the report's own order. */
(() => {
  const SORTED = ".key, .listing, [data-units] .compare, .exchange, .national, .levels, .revised, .acts, .deliveries";
  const FEWEST = 4; // rows that are worth sorting
  const WORDS = {
    order: say("Ordning"),
    own: say("rapportens ordning"),
    ascending: say("stigande"),
    descending: say("fallande"),
    sorted: (what, how) => say(`Tabellen är sorterad efter ${what}, ${how}.`),
    unsorted: say("Tabellen står i rapportens ordning."),
    copy: say("Kopiera tabell"),
    copied: say("Kopierad"),
    told: say("Tabellen är kopierad."),
    marked: say("Tabellen är markerad. Tryck Ctrl+C för att kopiera den."),
    source: say("Källa"),
  };
  const MONTHS = [say("januari"), say("februari"), say("mars"), say("april"), say("maj"), say("juni"), say("juli"), say("augusti"), say("september"), say("oktober"), say("november"), say("december")];
  const STATUSES = ["not-met", "near", "met", "no-target", "none"];
  const collator = new Intl.Collator(say("sv"), { numeric: true });
  const wide = matchMedia("(min-width: 66.01rem)"); // narrower, the rows of .stack are cards without a row of headings

  const made = (tag, given = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...inside);
    return element;
  };
  const live = made("p", { className: "for-ears", role: "status" });
  const tell = (text) => (live.textContent = text);

  /* What a cell says on one line, with plain blanks. A hidden figure says its word. */
  function words(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("svg").forEach((one) => one.remove());
    copy.querySelectorAll("br, li, p, .span, .change, .since").forEach((one) => one.before(" "));
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  const nameOf = (table) => {
    const named = table.caption ?? document.getElementById(table.getAttribute("aria-labelledby"));
    return named ? words(named) : "";
  };

  // --- sorting ---

  const number = (text) => Number(text.replace(say(/ /g), "").replace(say(","), ".").replace("−", "-"));

  /* What a cell is sorted by: a number, a text, or null where there is nothing, which always comes last. */
  function key(cell) {
    const text = words(cell);
    if (text === "" || text === "–" || cell.querySelector(".h")) return null;
    if (cell.tagName === "TH") return text;
    const day = text.match(say(/^(\d{1,2}) ([a-z]+) (\d{4})/));
    if (day && MONTHS.includes(day[2])) return day[3] * 10000 + MONTHS.indexOf(day[2]) * 100 + Number(day[1]);
    const base = text.match(say(/^\d[\d ]* av (\d[\d ]*)/));
    if (base) return number(base[1]);
    const status = cell.querySelector(".status");
    if (status && !/^[\d−+]/.test(text)) return STATUSES.findIndex((name) => status.classList.contains(name));
    const found = text.match(say(/[−+]\d[\d ]*(,\d+)?/)) ?? text.match(say(/\d[\d ]*(,\d+)?/));
    return found ? number(found[0]) : text;
  }

  function compare(one, other) {
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    return typeof one === "number" ? one - other : collator.compare(one, other);
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    // A column of small drawings or of lists has no order of its own.
    const columns = heads.filter((head) => head.tagName === "TH" && !rows.some((row) => row.cells[head.cellIndex]?.querySelector("ul, .spark")));
    const names = new Map(columns.map((head) => [head.cellIndex, words(head)]));
    const choice = made("select");
    choice.append(new Option(WORDS.own, ""));
    for (const [column, name] of names) {
      for (const way of ["ascending", "descending"]) choice.append(new Option(`${name}, ${WORDS[way]}`, `${column} ${way}`));
    }

    function sort(value) {
      const [column, way] = value.split(" ");
      const keys = new Map(way && rows.map((row) => [row, key(row.cells[column])]));
      const turn = way === "descending" ? -1 : 1;
      const known = rows.filter((row) => way && keys.get(row) !== null);
      known.sort((one, other) => turn * compare(keys.get(one), keys.get(other)));
      body.append(...known, ...rows.filter((row) => !known.includes(row)));
      columns.forEach((head) => head.removeAttribute("aria-sort"));
      if (way) heads[column].setAttribute("aria-sort", way);
      choice.value = value;
      tell(way ? WORDS.sorted(names.get(Number(column)), WORDS[way]) : WORDS.unsorted);
    }

    function next(head) {
      const way = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
      sort(way && `${head.cellIndex} ${way}`);
    }

    function dress() {
      const pressed = wide.matches || !table.classList.contains("stack");
      choice.parentElement.hidden = pressed;
      for (const head of columns) {
        const button = head.querySelector("button.sort");
        if (button && !pressed) button.replaceWith(...button.childNodes);
        if (button || !pressed) continue;
        const inside = [...head.childNodes];
        head.append(made("button", { type: "button", className: "sort", onclick: () => next(head) }, ...inside));
      }
    }

    choice.addEventListener("change", () => sort(choice.value));
    const label = made("label", {}, `${WORDS.order} `, choice);
    dress();
    wide.addEventListener("change", dress);
    return label;
  }

  // --- copying ---

  /* Numbers as a spreadsheet reads them: no blanks for thousands, the plain minus. Other texts are never formulas. */
  function pasted(text) {
    if (say(/^[+−]?\d{1,3}( \d{3})*(,\d+)?( %)?$/).test(text)) return text.replace(say(/ (?=\d)/g), "").replace("−", "-");
    return /^[=+@-]/.test(text) ? `'${text}` : text;
  }

  /* The rows as they stand now, without what is only drawn. */
  function grid(table) {
    const lines = [];
    [...table.rows].forEach((row, down) => {
      let across = 0;
      for (const cell of row.cells) {
        if (cell.ariaHidden === "true") continue;
        while (lines[down]?.[across] !== undefined) across += 1;
        for (let y = 0; y < cell.rowSpan; y += 1) {
          for (let x = 0; x < cell.colSpan; x += 1) (lines[down + y] ??= [])[across + x] = x || y ? "" : pasted(words(cell));
        }
      }
    });
    const first = table.tHead?.rows.length ?? 0;
    const told = (_, column) => lines.slice(first).some((line) => !["", "–", undefined].includes(line[column]));
    return lines.map((line) => line.filter(told));
  }

  function formats(table) {
    const lines = grid(table);
    const source = `${WORDS.source}: ${document.title}`;
    const rows = lines.map((line) => made("tr", {}, ...line.map((text) => made("td", {}, text))));
    const html = [made("p", {}, nameOf(table)), made("table", {}, ...rows), made("p", {}, source)];
    return {
      "text/plain": [nameOf(table), "", ...lines.map((line) => line.join("\t")), "", source].join("\n"),
      "text/html": html.map((one) => one.outerHTML).join(""),
    };
  }

  /* The older way, which pages on a network without encryption still have. */
  function byEvent(given) {
    const fill = (event) => {
      Object.entries(given).forEach(([kind, text]) => event.clipboardData.setData(kind, text));
      event.preventDefault();
    };
    document.addEventListener("copy", fill);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return done;
  }

  async function copy(table, button) {
    const given = formats(table);
    let done = false;
    try {
      const blobs = Object.entries(given).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      done = true;
    } catch {
      done = byEvent(given);
    }
    if (!done) getSelection().selectAllChildren(table);
    tell(done ? WORDS.told : WORDS.marked);
    if (!done) return;
    button.firstChild.data = WORDS.copied;
    setTimeout(() => (button.firstChild.data = WORDS.copy), 2000);
  }

  // --- every table gets its row of tools ---

  function equip(table) {
    const tools = made("p", { className: "tools" });
    const whose = () => made("span", { className: "for-ears" }, `: ${nameOf(table)}`);
    if (table.matches(SORTED) && table.tHead && table.tBodies.length === 1 && table.tBodies[0].rows.length >= FEWEST) {
      const label = sortable(table);
      label.firstChild.after(whose());
      tools.append(label);
    }
    const button = made("button", { type: "button", className: "copy" }, WORDS.copy, whose());
    button.addEventListener("click", () => copy(table, button));
    tools.append(button);
    (table.closest(".scroll") ?? table).after(tools);
  }

  document.querySelector("main").append(live);
  document.querySelectorAll("main table").forEach(equip);
})();
