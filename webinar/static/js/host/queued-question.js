// <queued-question>: one question in a host's hands: what was asked, by whom, and what can be done with it.
//
// The card says what the server confirmed, never what it is hoped to become; while something is on its way its button
// turns, and what was refused says why right there. `settled` is a card whose question has left the list it stands in.

import { createRef, html, nothing, ref } from "../../vendor/lit.mjs";
import { Attempts } from "../lib/attempts.js";
import { formatNumber, t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { nameOf } from "../lib/people.js";
import { RoomElement } from "../lib/room.js";
import { linked } from "../lib/text.js";
import { formatMoment } from "../lib/time.js";

const LIMIT = 1000;

const VOTED = new Set(["published", "answered"]);

const ACTIONS = {
    publish: { words: () => t("Publish"), drawing: "eye", send: ["question.publish"] },
    live: { words: () => t("Answered live"), drawing: "mic", send: ["question.answer", { answer: "" }] },
    write: { words: () => t("Write answer"), drawing: "pencil" },
    edit: { words: () => t("Edit answer"), drawing: "pencil" },
    pin: { words: () => t("Put on top"), drawing: "pin", send: ["question.pin"] },
    unpin: { words: () => t("Take from the top"), drawing: "pin-off", send: ["question.unpin"] },
    dismiss: { words: () => t("Dismiss"), drawing: "x", send: ["question.dismiss"] },
};

const SETTLED = {
    pending: () => t("Pending again"),
    published: () => t("Published"),
    answered: (question) => (question.answer ? t("Answered in writing") : t("Answered live")),
    dismissed: () => t("Dismissed"),
};

/** What can be done with a question, the likeliest first. */
function actionsOf({ state, pinned }) {
    const pinning = pinned ? "unpin" : "pin";
    return {
        pending: ["publish", "live", "write", "dismiss"],
        published: ["live", "write", pinning, "dismiss"],
        answered: ["edit", pinning, "dismiss"],
        dismissed: ["publish"],
    }[state];
}

class QueuedQuestion extends RoomElement {
    static properties = {
        question: { attribute: false },
        settled: { type: Boolean },
        writing: { state: true },
    };

    #attempts = new Attempts(this);
    #field = createRef();

    constructor() {
        super();
        this.settled = false;
        this.writing = false;
    }

    /** Does what a button of the card does, if the card has it: "publish", "live", "write", "pin", "dismiss". */
    async act(name) {
        const offered = actionsOf(this.question);
        const action = { pin: this.question.pinned ? "unpin" : "pin", write: offered.includes("edit") ? "edit" : "write" }[name] ?? name;
        if (this.settled || !offered.includes(action)) return;
        if (!ACTIONS[action].send) return this.#write();
        const [type, fields] = ACTIONS[action].send;
        await this.#send(action, type, fields);
    }

    async #send(action, type, fields = {}) {
        const question_id = this.question.id;
        const done = await this.#attempts.run("", () => {
            this.doing = action;
            return this.room.send(type, { ...fields, question_id });
        });
        this.doing = null;
        if (done) this.dispatchEvent(new CustomEvent("question-done", { bubbles: true, detail: { action, question_id } }));
        return done;
    }

    async #write() {
        this.writing = true;
        await this.updateComplete;
        this.#field.value.value = this.question.answer;
        this.#field.value.focus();
    }

    async #answer(event) {
        event.preventDefault();
        const answer = this.#field.value.value.trim();
        if (!answer) return this.#field.value.focus();
        if (await this.#send("write", "question.answer", { answer })) this.writing = false;
        else this.#field.value?.focus();
    }

    #key(event) {
        if (event.key === "Escape") {
            event.stopPropagation();
            this.#stopWriting();
        } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.target.form.requestSubmit();
        }
    }

    #stopWriting() {
        this.writing = false;
        this.#attempts.forget("");
        this.closest("li").focus();
    }

    render() {
        const { question } = this;
        const votes = tn("{count} vote", "{count} votes", question.votes);
        return html`
            ${VOTED.has(question.state)
                ? html`<span class="vote" title=${votes}>
                      ${icon("arrow-up")}<span aria-hidden="true">${formatNumber(question.votes)}</span>
                      <span class="visually-hidden">${votes}</span>
                  </span>`
                : nothing}
            <div class="question-body">
                <p class="question-text" dir="auto">${linked(question.body)}</p>
                ${this.#meta()}
                ${question.answer && !this.writing
                    ? html`<p class="question-answer" dir="auto"><span class="visually-hidden">${t("Answer")}: </span>${linked(question.answer)}</p>`
                    : nothing}
                ${this.settled ? nothing : this.writing ? this.#form() : this.#actions()} ${this.#outcome()}
            </div>
        `;
    }

    #meta() {
        const { author, anonymous, posted_at, pinned, state } = this.question;
        return html`<p class="question-meta">
            ${pinned ? html`<span class="badge accent">${icon("pin")}${t("On top")}</span>` : nothing}
            ${this.settled ? html`<span class="badge good">${icon("check")}${SETTLED[state](this.question)}</span>` : nothing}
            <span dir="auto">${nameOf(author)}</span>
            ${anonymous
                ? html`<span class="badge" title=${t("Others don't see who asked.")}>${icon("eye-off")}${t("Anonymous to others")}</span>`
                : nothing}
            <time datetime=${posted_at}>${formatMoment(posted_at, "clock")}</time>
        </p>`;
    }

    #actions() {
        return html`<div class="question-actions">
            ${actionsOf(this.question).map((name, at) => this.#button(name, at === 0))}
        </div>`;
    }

    #button(name, first) {
        const { words, drawing } = ACTIONS[name];
        const busy = this.#attempts.isBusy("");
        const kind = first ? "" : "quiet";
        const bare = name === "pin" || name === "unpin" || name === "dismiss";
        return html`<button
            type="button"
            class="button small ${kind} ${bare ? "icon-only" : ""}"
            data-action=${name}
            aria-label=${bare ? words() : nothing}
            title=${bare ? words() : nothing}
            aria-disabled=${busy && this.doing !== name ? "true" : nothing}
            aria-busy=${busy && this.doing === name ? "true" : nothing}
            @click=${() => this.act(name)}
        >
            ${icon(drawing)}${bare ? nothing : words()}
        </button>`;
    }

    #form() {
        const busy = this.#attempts.isBusy("");
        return html`<form class="stack gap-s" @submit=${this.#answer}>
            <textarea
                class="input"
                rows="3"
                dir="auto"
                maxlength=${LIMIT}
                aria-label=${t("Answer that everybody can read")}
                placeholder=${t("Everybody can read this answer")}
                ?readonly=${busy}
                ${ref(this.#field)}
                @keydown=${this.#key}
            ></textarea>
            <div class="question-actions">
                <button class="button small primary" aria-busy=${busy ? "true" : nothing}>${icon("send", { directed: true })}${t("Publish the answer")}</button>
                <button type="button" class="button small quiet" @click=${this.#stopWriting}>${t("Cancel")}</button>
            </div>
        </form>`;
    }

    #outcome() {
        const problem = this.#attempts.problem("");
        if (problem) return html`<p class="field-error" role="alert">${icon("circle-alert")}${problem}</p>`;
        const waiting = this.#attempts.isBusy("") && this.room.status !== "open";
        return html`<p class="small soft" role="status" ?hidden=${!waiting}>${waiting ? t("Waiting for the connection…") : ""}</p>`;
    }
}

customElements.define("queued-question", QueuedQuestion);
