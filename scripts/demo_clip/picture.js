// Draws the demo's picture: hills at dawn that drift for ever. Every motion is a whole number of turns per loop, so that
// the last frame flows into the first.

const WIDTH = 1280;
const HEIGHT = 720;
const TURN = 2 * Math.PI;
const SUN = { x: 900, y: 318, radius: 76, ring: 128 };

// Far to near. `waves`: [length in pixels, height in pixels, offset]; each wave moves one of its lengths per loop.
const RIDGES = [
  { base: 442, from: "#c9a99f", to: "#a9a3a6", waves: [[520, 15, 0.1], [300, 6, 0.5]] },
  { base: 476, from: "#98999f", to: "#7d929b", waves: [[640, 20, 0.7], [360, 8, 0.2]] },
  { base: 516, from: "#6b8791", to: "#4f7683", waves: [[820, 25, 0.35], [430, 10, 0.9]] },
  { base: 562, from: "#41697a", to: "#2c5566", waves: [[980, 30, 0.0], [560, 10, 0.45]] },
  { base: 614, from: "#23495c", to: "#183a4c", waves: [[1220, 32, 0.6], [700, 12, 0.15]] },
  { base: 668, from: "#132f40", to: "#0c2231", waves: [[1500, 30, 0.25], [860, 12, 0.8]] },
];

function gradient(context, from, to, stops) {
  const fill = context.createLinearGradient(0, from, 0, to);
  stops.forEach(([at, colour]) => fill.addColorStop(at, colour));
  return fill;
}

function drawSky(context) {
  context.fillStyle = gradient(context, 0, 520, [
    [0, "#123448"], [0.3, "#2f6175"], [0.58, "#7d9da3"], [0.8, "#e3bfa4"], [1, "#f6d3b0"],
  ]);
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const glow = context.createRadialGradient(SUN.x, SUN.y, SUN.radius * 0.6, SUN.x, SUN.y, 420);
  [[0, 0.55], [0.25, 0.3], [0.6, 0.1], [1, 0]].forEach(([at, a]) => glow.addColorStop(at, `rgba(255, 226, 190, ${a})`));
  context.fillStyle = glow;
  context.fillRect(0, 0, WIDTH, HEIGHT);
}

function drawSun(context, phase) {
  context.fillStyle = gradient(context, SUN.y - SUN.radius, SUN.y + SUN.radius, [[0, "#fff6e6"], [1, "#ffdcb4"]]);
  context.beginPath();
  context.arc(SUN.x, SUN.y, SUN.radius, 0, TURN);
  context.fill();

  context.lineWidth = 2;
  context.strokeStyle = "rgba(255, 246, 230, 0.28)";
  context.beginPath();
  context.arc(SUN.x, SUN.y, SUN.ring, 0, TURN);
  context.stroke();

  const head = TURN * phase - TURN / 4;
  const tail = 70;
  context.lineWidth = 3.5;
  for (let step = 0; step < tail; step += 1) {
    const from = head - (TURN / 3) * (step / tail);
    context.strokeStyle = `rgba(255, 248, 236, ${0.9 * (1 - step / tail) ** 2})`;
    context.beginPath();
    context.arc(SUN.x, SUN.y, SUN.ring, from - TURN / 3 / tail - 0.004, from);
    context.stroke();
  }
  context.fillStyle = "#fffaf2";
  context.beginPath();
  context.arc(SUN.x + SUN.ring * Math.cos(head), SUN.y + SUN.ring * Math.sin(head), 7, 0, TURN);
  context.fill();
}

function drawRidge(context, { base, from, to, waves }, phase) {
  const height = (x) =>
    waves.reduce((sum, [length, size, offset]) => sum + size * Math.sin(TURN * (x / length + phase + offset)), base);
  context.fillStyle = gradient(context, base - 45, base + 70, [[0, from], [1, to]]);
  context.beginPath();
  context.moveTo(0, HEIGHT);
  for (let x = 0; x <= WIDTH; x += 4) context.lineTo(x, height(x));
  context.lineTo(WIDTH, HEIGHT);
  context.fill();
}

function drawWords(context) {
  context.fillStyle = "#fffaf2";
  context.font = "700 58px 'Noto Sans Display', 'Noto Sans', sans-serif";
  context.letterSpacing = "-1px";
  context.fillText("webinar", 72, 122);
  context.fillStyle = "rgba(255, 250, 242, 0.72)";
  context.font = "400 23px 'Noto Sans Display', 'Noto Sans', sans-serif";
  context.letterSpacing = "0.2px";
  context.fillText("Demo stream, played from this server", 75, 162);
}

/** The frame at `phase` (0 ≤ phase < 1 of the loop), as base64 of a PNG. */
function frameAt(phase) {
  const canvas = document.querySelector("canvas");
  const context = canvas.getContext("2d", { alpha: false });
  drawSky(context);
  drawSun(context, phase);
  RIDGES.forEach((ridge) => drawRidge(context, ridge, phase));
  drawWords(context);
  return canvas.toDataURL("image/png").split(",")[1];
}

globalThis.frameAt = frameAt;
