// <stream-check action="…">: asks the server what is at the address in its field, once somebody has typed it, and shows
// the answer in [data-facts]. Without scripts the button "Check the address" does the same.

import { t } from "./lib/i18n.js";

class StreamCheck extends HTMLElement {
    #asked = 0;

    connectedCallback() {
        this.field.addEventListener("change", () => this.#check());
    }

    get field() {
        return this.querySelector("input[name=url]");
    }

    get facts() {
        return this.querySelector("[data-facts]");
    }

    async #check() {
        const url = this.field.value.trim();
        const asked = ++this.#asked;
        if (!url) return this.facts.replaceChildren();
        this.#choose();
        this.#say(t("Looking at the stream…"));
        try {
            const answer = await fetch(this.getAttribute("action"), { method: "POST", body: new URLSearchParams({ url }) });
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            // Only the latest question counts, whichever answer comes first.
            if (asked !== this.#asked) return undefined;
            if (answer.ok) this.facts.replaceChildren(...page.body.children);
            else this.facts.replaceChildren();
        } catch {
            if (asked === this.#asked) this.facts.replaceChildren();
        }
        return undefined;
    }

    /** Whoever types an address means to use it. */
    #choose() {
        const kind = this.closest("form")?.querySelector("input[name=kind][value=external]");
        if (kind) kind.checked = true;
    }

    #say(words) {
        const line = document.createElement("p");
        line.className = "soft";
        line.setAttribute("role", "status");
        line.textContent = words;
        this.facts.replaceChildren(line);
    }
}

customElements.define("stream-check", StreamCheck);
