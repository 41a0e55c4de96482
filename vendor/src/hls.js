// hls.js from its own sources, so that build.mjs can leave out what a webinar never plays.
export { default } from "../node_modules/hls.js/src/hls.ts";
