/**
 * Where people write: a field that grows, a counter when it gets tight, a button.
 *
 *   <text-composer label="Message" placeholder="…" button="Send" limit="500"></text-composer>
 *
 * Fires `compose` with { text } in its detail; call `event.preventDefault()` to keep the text in the field.
 * Enter sends and Shift+Enter starts a line; `multiline` turns that round: then only the button and Ctrl+Enter send.
 */

import { LitElement, createRef, html, nothing, ref } from "../../vendor/lit.mjs";
import { charactersLeft } from "./i18n.js";
import { icon } from "./icon.js";

const TIGHT = 0.8; // of the limit, from which the counter shows

class TextComposer extends LitElement {
    static properties = {
        label: {},
        placeholder: {},
        button: {},
        limit: { type: Number },
        multiline: { type: Boolean },
        problem: {},
        length: { state: true },
    };

    #field = createRef();

    constructor() {
        super();
        this.label = "";
        this.placeholder = "";
        this.button = "";
        this.limit = 500;
        this.multiline = false;
        this.problem = "";
        this.length = 0;
    }

    createRenderRoot() {
        return this;
    }

    focus() {
        this.#field.value?.focus();
    }

    get #over() {
        return this.length > this.limit;
    }

    #typed(event) {
        this.problem = "";
        // As the server counts: characters, not the halves that JavaScript makes of some.
        this.length = [...event.target.value.trim()].length;
    }

    #key(event) {
        // Enter also ends a word in Chinese, Japanese and Korean; that is no wish to send.
        if (event.key !== "Enter" || event.isComposing) return;
        const sends = this.multiline ? event.ctrlKey || event.metaKey : !event.shiftKey;
        if (!sends) return;
        event.preventDefault();
        this.#send();
    }

    #send() {
        const field = this.#field.value;
        const text = field.value.trim();
        if (!text || this.#over) return field.focus();
        const event = new CustomEvent("compose", { detail: { text }, cancelable: true });
        if (this.dispatchEvent(event)) {
            field.value = "";
            this.length = 0;
        }
        field.focus();
    }

    render() {
        const tight = this.length >= this.limit * TIGHT;
        return html`
            <div class="composer-line">
                <textarea
                    class="input"
                    rows="1"
                    dir="auto"
                    aria-label=${this.label}
                    placeholder=${this.placeholder}
                    aria-invalid=${this.#over || this.problem ? "true" : nothing}
                    ${ref(this.#field)}
                    @input=${this.#typed}
                    @keydown=${this.#key}
                ></textarea>
                <button
                    type="button"
                    class="button primary icon-only"
                    aria-label=${this.button}
                    title=${this.button}
                    aria-disabled=${this.length === 0 || this.#over}
                    @click=${this.#send}
                >
                    ${icon("send", { directed: true })}
                </button>
            </div>
            ${tight || this.problem
                ? html`<p class=${this.#over || this.problem ? "field-error" : "chat-note number"} role="status">
                      ${this.problem || charactersLeft(this.limit - this.length)}
                  </p>`
                : nothing}
        `;
    }
}

customElements.define("text-composer", TextComposer);
