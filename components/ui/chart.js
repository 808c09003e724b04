// Draws one figure into one node with Plotly.react, so that node, zoom and hover survive every rerun.
const charts = new Map(); // node -> what is known about its chart; a chart that leaves the page is taken out
const decoder = new TextDecoder();
let plotly; // the library, once per browser tab: this module is imported once
let paper; // the page's background; Streamlit runs no script when a learner changes light to dark, so we ask for it

// Streamlit's own script tells where the server's root is, whatever page or prefix the address bar shows.
const root = () => new URL("../../", document.querySelector('script[type="module"][src*="/static/js/"]')?.src ?? location.href);

// The file is compressed on disk, because Streamlit would compress it anew for every learner; its name holds the
// version, so the browser's copy is good for ever.
async function load(name) {
  const answer = await fetch(new URL(`app/static/${name}`, root()), { cache: "force-cache" });
  if (!answer.ok || /html/.test(answer.headers.get("content-type"))) throw Error(`${answer.url} was not found`);
  const text = await new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).blob();
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(Error("Plotly did not start"));
    document.head.append(script);
  });
  URL.revokeObjectURL(script.src);
  return window.Plotly;
}

// Saves a picture as it is seen: with the page's background, which a file of its own would lack.
const image = (format) => (node) => {
  const { width, height } = node._fullLayout;
  const paper = getComputedStyle(node).getPropertyValue("--st-background-color").trim() || "#ffffff";
  const layout = { ...node.layout, width, height, autosize: false, paper_bgcolor: paper };
  const name = node.querySelector("svg.main-svg")?.getAttribute("aria-label") || "picture";
  const filename = name.replace(/[^\w-]+/g, "-").slice(0, 60);
  return window.Plotly.downloadImage({ data: node.data, layout }, { format, width, height, scale: format === "png" ? 2 : 1, filename });
};
const ARROW = "M5 20h14v-2H5v2zM19 9h-4V3H9v6H5l7 7 7-7z";
const saved = (format) => ({ name: `save-${format}`, title: `Download as ${format.toUpperCase()}`, click: image(format), icon: { width: 24, height: 24, path: ARROW } });

const config = {
  displaylogo: false,
  showSendToCloud: false, // on by default in plotly.js 4: a learner's own data stay here
  showTips: false,
  modeBarButtonsToAdd: [saved("png"), saved("svg")],
  modeBarButtonsToRemove: ["toImage", "select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
};
const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);

// Points of several charts may stand for the same element: their `customdata` is its number. Hovering one shows the others.
function places(chart) {
  if (!chart.places) {
    chart.places = new Map();
    chart.node._fullData.forEach((trace, curveNumber) => {
      (trace.customdata ?? []).forEach((element, pointNumber) => {
        if (Number.isInteger(element) && !chart.places.has(element)) chart.places.set(element, { curveNumber, pointNumber });
      });
    });
  }
  return chart.places;
}

function show({ Plotly, node }, place) {
  const space = node._fullData.findIndex((trace) => trace.type === "scatter3d" && trace.name === "hovered");
  if (space >= 0) {
    const { curveNumber, pointNumber } = place ?? {};
    const at = (axis) => [place ? [node._fullData[curveNumber][axis][pointNumber]] : []];
    return Plotly.restyle(node, { x: at("x"), y: at("y"), z: at("z") }, [space]);
  }
  return place ? Plotly.Fx.hover(node, [place]) : Plotly.Fx.unhover(node);
}

let echoing = false; // Plotly reports the hovering we cause as if a hand had done it
function echo(from, element) {
  if (echoing || !Number.isInteger(element ?? 0)) return;
  echoing = true;
  try {
    for (const chart of charts.values()) {
      if (!chart.node.isConnected) charts.delete(chart.node);
      if (chart === from || !chart.Plotly || !chart.node.clientWidth) continue;
      const place = element === undefined ? undefined : places(chart).get(element);
      if (place || chart.echoed) show(chart, place);
      chart.echoed = Boolean(place);
    }
  } catch (error) {
    console.warn(error); // a chart in the middle of being redrawn: the next movement of the hand tries again
  } finally {
    echoing = false;
  }
}

async function draw(chart) {
  const { node } = chart;
  if (!chart.payload) return;
  try {
    plotly ??= load(chart.payload.script).catch((error) => ((plotly = undefined), Promise.reject(error))); // a failure may be retried
    const Plotly = await plotly;
    if (chart.closed || !node.clientWidth || !chart.payload) return; // drawn later, or drawn already
    const { data, layout, alt, click } = chart.payload;
    chart.payload = null;
    // A finger that moves over a flat chart scrolls the page; a mouse zooms.
    if (matchMedia("(pointer: coarse)").matches && !data.some((trace) => /3d|surface/.test(trace.type))) layout.dragmode ??= false;
    if (!chart.Plotly) node.replaceChildren(); // a sentence may stand here from an attempt that failed
    await Plotly.react(node, data, layout, config);
    chart.places = null;
    // The picture is one image with a name; the buttons above it stay buttons, so the node itself cannot be the image.
    const [image, ...layers] = node.querySelectorAll("svg.main-svg");
    image.setAttribute("role", "img");
    image.setAttribute("aria-label", alt);
    layers.forEach((layer) => layer.setAttribute("aria-hidden", "true"));
    chart.click = click;
    if (chart.Plotly) return;
    chart.Plotly = Plotly;
    node.on("plotly_click", ({ points: [p] }) => {
      if (!chart.click || !p) return;
      const { curveNumber: curve, pointNumber: point, x, y, z } = p;
      chart.send("point", { curve, point, x, y, z, customdata: plain(p.customdata) });
    });
    node.on("plotly_hover", ({ points: [p] }) => p && echo(chart, p.customdata ?? undefined));
    node.on("plotly_unhover", () => echo(chart, undefined));
  } catch (error) {
    console.error(error);
    if (!chart.Plotly) node.textContent = "This chart could not be drawn. Reload the page to try again.";
  }
}

function create(node) {
  const chart = { node };
  // At most one drawing per picture of the screen, and none in a tab nobody sees: only the newest frame is drawn.
  chart.ask = () => (chart.asked ??= requestAnimationFrame(() => ((chart.asked = null), draw(chart))));
  chart.observer = new ResizeObserver(() => {
    if (chart.payload) chart.ask();
    else if (chart.Plotly && node.clientWidth && Math.abs(node.clientWidth - node._fullLayout.width) >= 1) chart.Plotly.Plots.resize(node);
  });
  chart.observer.observe(node);
  // Streamlit also calls this for a run that a newer frame overtook: only a node that has left the page is finished.
  chart.close = () => {
    if (node.isConnected) return;
    chart.closed = true;
    chart.observer.disconnect();
    chart.Plotly?.purge(node);
    charts.delete(node);
  };
  charts.set(node, chart);
  return chart;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const node = parentElement.querySelector(".house-chart");
  const chart = charts.get(node) ?? create(node);
  chart.send = setTriggerValue;
  const text = decoder.decode(data);
  if (text !== chart.text) {
    chart.text = text;
    chart.payload = JSON.parse(text);
    node.style.height = `${chart.payload.layout.height}px`;
    chart.ask();
  }
  const now = getComputedStyle(node).getPropertyValue("--st-background-color");
  if (paper && now !== paper) setTriggerValue("theme", now);
  paper = now;
  return chart.close;
}
