// Bundles the browser libraries into webinar/static/vendor: hls.mjs, player.mjs, lit.mjs and icons.svg (the drawings that
// icons.txt names), with LICENCES and SHA256SUMS.
// The output is committed, so that running and testing need no Node.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "../webinar/static/vendor");
const manifest = (name) => JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8"));

// What hls.js can leave out is decided by its own build-time switches.
const hlsSwitches = {
  __VERSION__: JSON.stringify(manifest("hls.js").version),
  __USE_ALT_AUDIO__: "true",
  __USE_SUBTITLES__: "true",
  __USE_MEDIA_CAPABILITIES__: "true",
  __USE_VARIABLE_SUBSTITUTION__: "true",
  __USE_CMCD__: "false",
  __USE_CONTENT_STEERING__: "false",
  __USE_EME_DRM__: "false",
  __USE_IFRAMES__: "false",
  __USE_INTERSTITIALS__: "false",
  __USE_M2TS_ADVANCED_CODECS__: "false",
  __IN_WORKER__: "false",
  __HLS_WORKER_BUNDLE__: "undefined",
};

// Modules that stay imported although their switch is off; hls.js replaces them in its light build the same way.
const unused = /(cmcd|content-steering|eme|iframe|interstitials)-controller|@svta\/cml-cmcd/;

const slimHls = {
  name: "slim-hls",
  setup(bundle) {
    bundle.onResolve({ filter: unused }, ({ importer }) =>
      importer.includes("hls.js") ? { path: join(here, "src/absent.js") } : undefined,
    );
  },
};

// hls-video-element asks for the full hls.js; it gets our slim one, loaded once.
const sharedHls = {
  name: "shared-hls",
  setup(bundle) {
    bundle.onResolve({ filter: /^hls\.js/ }, () => ({ path: "./hls.mjs", external: true }));
  },
};

function bundle(name, options = {}) {
  return build({
    entryPoints: [join(here, `src/${name}.js`)],
    outfile: join(output, `${name}.mjs`),
    bundle: true,
    format: "esm",
    target: ["chrome111", "firefox115", "safari16.4"],
    minify: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    ...options,
  });
}

/** The npm packages whose code is in the bundles, from esbuild's own account of them. */
function packagesIn(results) {
  const inputs = results.flatMap((result) => Object.values(result.metafile.outputs)).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path),
  );
  const names = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean);
  return [...new Set(names)].sort();
}

function licenceOf(name) {
  const { version, license, author } = manifest(name);
  const folder = join(here, "node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8") : mitText(license, author?.name ?? author);
  return `${name} ${version} (${license})\n${"-".repeat(72)}\n${text.trim()}\n`;
}

/** For packages that state MIT in their manifest and ship no text. */
function mitText(license, author) {
  if (license !== "MIT") throw new Error(`no licence text for ${license}`);
  return readFileSync(join(here, "MIT.txt"), "utf8").replace("<holder>", author ?? "the authors");
}

/** One file of drawings, each used as <svg class="icon"><use href="icons.svg#name"></use></svg>. */
function iconSheet() {
  const drawings = readFileSync(join(here, "icons.txt"), "utf8").trim().split("\n").map((name) => {
    const file = readFileSync(join(here, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const shapes = file.match(/<svg[^>]*>([^]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${drawings.join("\n")}\n</svg>\n`;
}

const results = await Promise.all([
  bundle("hls", { define: hlsSwitches, plugins: [slimHls] }),
  bundle("player", { plugins: [sharedHls] }),
  bundle("lit", { conditions: ["production"] }),
]);

writeFileSync(join(output, "icons.svg"), iconSheet());

const names = [...packagesIn(results), "lucide-static"];
writeFileSync(join(output, "LICENCES"), names.map(licenceOf).join("\n\n"));

const files = ["LICENCES", "hls.mjs", "icons.svg", "lit.mjs", "player.mjs"];
const sum = (file) => createHash("sha256").update(readFileSync(join(output, file))).digest("hex");
writeFileSync(join(output, "SHA256SUMS"), files.map((file) => `${sum(file)}  ${file}\n`).join(""));

for (const file of files) {
  const bytes = readFileSync(join(output, file));
  console.log(`${file.padEnd(12)} ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
}
