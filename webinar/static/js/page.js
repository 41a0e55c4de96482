// Every page's script: what makes its parts nicer. Nothing depends on it.

import "./lib/time.js";
import "./lib/countdown.js";
import "./lib/copy-button.js";
import "./lib/dialog.js";
import "./lib/tabs.js";
import "./lib/embedded.js";

// A page that came back with errors starts at their summary.
document.querySelector("[data-focus]")?.focus();

// On a small screen a row of tabs scrolls; the present one is seen.
document.querySelector(".tabs [aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
