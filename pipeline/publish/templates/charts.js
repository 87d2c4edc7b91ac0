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
    name: "sv",
    dictionary: {},
    format: {
      days: ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
      shortDays: ["sön", "mån", "tis", "ons", "tor", "fre", "lör"],
      months: ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
      shortMonths: ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"],
      date: "%Y-%m-%d",
      decimal: ",",
      thousands: "\u00a0",
    },
  };

  /* Base 85: five characters are four bytes. The last group is filled up, and as many bytes of it are left out. */
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";
  function bytes(text) {
    const value = new Uint8Array(128);
    [...DIGITS].forEach((digit, at) => (value[digit.charCodeAt(0)] = at));
    const groups = Math.ceil(text.length / 5);
    const view = new DataView(new ArrayBuffer(groups * 4));
    const whole = text.padEnd(groups * 5, "~");
    for (let group = 0; group < groups; group += 1) {
      let number = 0;
      for (let at = group * 5; at < group * 5 + 5; at += 1) number = number * 85 + value[whole.charCodeAt(at)];
      view.setUint32(group * 4, number);
    }
    return view.buffer.slice(0, groups * 4 - (whole.length - text.length));
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
    const height = narrow ? look.chart.narrow_height : look.chart.height;
    const common = { ...layout, width, height };
    if (!narrow) return common;
    // No room for the names of the lines beside the plot: the legend below it has them.
    const font = { ...layout.font, size: layout.font.size - 1 };
    return { ...common, font, annotations: [], margin: { ...layout.margin, r: look.chart.narrow_right } };
  }

  function draw(box) {
    const figure = coloured(figures[box.id], twins());
    const width = printing ? look.chart.print_width : Math.floor(box.getBoundingClientRect().width);
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
    const box = boxes.find((one) => !drawn.has(one));
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
    folded = [...document.querySelectorAll("details:not([open])")];
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
