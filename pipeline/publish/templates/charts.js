"use strict";
/* Draws the charts of the page with the copy of plotly that the page carries. Nothing is fetched and nothing is sent.
   A chart is drawn when it comes near the screen, the rest when the browser is idle, and all of them before printing. */
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const look = read("chart-look");
  const boxes = [...document.querySelectorAll(".chart")];
  let figures = {};
  const drawn = new Set();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let printing = false;
  let loading = null;
  let drawnAt = innerWidth;

  if (!boxes.length || typeof DecompressionStream === "undefined") return;
  document.documentElement.classList.add("drawing");

  const swedish = {
    moduleType: "locale",
    name: say("sv"),
    dictionary: {},
    format: {
      days: [say("söndag"), say("måndag"), say("tisdag"), say("onsdag"), say("torsdag"), say("fredag"), say("lördag")],
      shortDays: [say("sön"), say("mån"), say("tis"), say("ons"), say("tor"), say("fre"), say("lör")],
      months: [say("januari"), say("februari"), say("mars"), say("april"), say("maj"), say("juni"), say("juli"), say("augusti"), say("september"), say("oktober"), say("november"), say("december")],
      shortMonths: [say("jan"), say("feb"), say("mars"), say("apr"), say("maj"), say("juni"), say("juli"), say("aug"), say("sep"), say("okt"), say("nov"), say("dec")],
      date: "%Y-%m-%d",
      decimal: say(","),
      thousands: say("\u00a0"),
    },
  };

  /* Base 94: eleven characters are nine bytes, and fewer of the last ones fewer. Reckoned in three times 24 bits. */
  function bytes(text) {
    const found = new Uint8Array(Math.floor((text.length * 9) / 11));
    for (let from = 0, to = 0; from < text.length; from += 11, to += 9) {
      let [high, middle, low] = [0, 0, 0];
      for (let at = from; at < Math.min(from + 11, text.length); at += 1) {
        const code = text.charCodeAt(at);
        low = low * 94 + code - (code > 60 ? 33 : 32);
        middle = middle * 94 + (low >>> 24);
        high = high * 94 + (middle >>> 24);
        [middle, low] = [middle & 0xffffff, low & 0xffffff];
      }
      const last = Math.min(to + 9, found.length) - 1;
      [low, middle, high].forEach((limb, place) => {
        for (let byte = 0; byte < 3; byte += 1) {
          const at = last - place * 3 - byte;
          if (at >= to) found[at] = limb >>> (8 * byte);
        }
      });
    }
    return found;
  }

  function unpacked(id) {
    const packed = bytes(document.getElementById(id).textContent);
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  async function unpack() {
    figures = JSON.parse(await unpacked("chart-data"));
    const script = document.createElement("script");
    // The page's policy allows exactly this text, by its hash.
    script.textContent = await unpacked("chart-library");
    document.head.append(script);
    Plotly.register(swedish);
  }

  const library = () => (loading ??= unpack());

  /* Light colours are swapped for their dark twins, on screen only. */
  function coloured(value, twins) {
    if (typeof value === "string") return twins[value] ?? value;
    if (Array.isArray(value)) return value.map((one) => coloured(one, twins));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, twins)]));
    }
    return value;
  }

  function twins() {
    if (printing || !dark.matches) return {};
    return Object.fromEntries(Object.entries(look.chart.light).map(([name, light]) => [light, look.chart.dark[name]]));
  }

  function sized(layout, width) {
    const narrow = width < look.chart.narrow_below;
    const height = printing ? look.chart.print_height : narrow ? look.chart.narrow_height : look.chart.height;
    const common = { ...layout, width, height };
    if (!narrow) return common;
    // No room for the names of the lines beside the plot: the legend below it has them.
    const font = { ...layout.font, size: layout.font.size - 1 };
    const annotations = (layout.annotations ?? []).filter((one) => one.name === "inside");
    const xaxis = layout.meta?.narrow ? { ...layout.xaxis, ticktext: layout.meta.narrow } : layout.xaxis;
    return { ...common, font, annotations, xaxis, margin: { ...layout.margin, r: look.chart.narrow_right } };
  }

  function draw(box) {
    const figure = coloured(figures[box.id], twins());
    const width = printing ? look.chart.print_width : Math.floor(box.getBoundingClientRect().width);
    // What the reader has put away has no width; it is drawn when it comes near the screen again.
    if (!width) return void drawn.delete(box);
    drawn.add(box);
    Plotly.react(box, figure.data, sized(figure.layout, width), look.config);
  }

  function redraw() {
    drawnAt = innerWidth;
    drawn.forEach(draw);
  }

  async function near(entries) {
    await library();
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting && !drawn.has(target)) draw(target);
    }
  }

  function rest(deadline) {
    const box = boxes.find((one) => !drawn.has(one) && one.clientWidth);
    if (!box) return;
    if (deadline.timeRemaining() > 0 || deadline.didTimeout) draw(box);
    whenIdle(rest);
  }

  const whenIdle = window.requestIdleCallback
    ? (task) => requestIdleCallback(task, { timeout: 500 })
    : (task) => setTimeout(() => task({ timeRemaining: () => 1 }), 50);

  let folded = [];
  function beforePrint() {
    if (printing) return;
    printing = true;
    folded = [...document.querySelectorAll("details:not([open], .more)")];
    folded.forEach((one) => (one.open = true));
    if (window.Plotly) boxes.forEach(draw);
  }

  function afterPrint() {
    if (!printing) return;
    printing = false;
    folded.forEach((one) => (one.open = false));
    if (window.Plotly) redraw();
  }

  async function save(button) {
    await library();
    const figure = figures[button.dataset.chart];
    const title = document.getElementById(`${button.dataset.chart}-title`).textContent;
    const layout = { ...sized(figure.layout, 800), title: { text: title, x: 0.02, font: { size: 16 } } };
    layout.margin = { ...layout.margin, t: 56 };
    const size = { format: "png", width: 800, height: 400, scale: 2 };
    await Plotly.downloadImage({ data: figure.data, layout: { ...layout, height: 400 } }, { ...size, filename: button.dataset.chart });
  }

  const watcher = new IntersectionObserver(near, { rootMargin: "600px 0px" });
  boxes.forEach((box) => watcher.observe(box));
  addEventListener("resize", () => !printing && innerWidth !== drawnAt && redraw());
  dark.addEventListener("change", redraw);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  matchMedia("print").addEventListener("change", (event) => (event.matches ? beforePrint() : afterPrint()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.save");
    if (button) save(button);
  });
  addEventListener("load", () => library().then(() => whenIdle(rest)));
})();
