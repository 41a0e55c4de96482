// <question-queue>: every question by what has become of it, and the keys to work through them.
//
// Nothing moves under a pointer or the keyboard's focus: while somebody has the list in hand its order stays, a question
// that has left it stays in its place, marked, and new ones wait behind “2 new”. Otherwise the list is simply up to date.

import { html, live, nothing, repeat } from "../../vendor/lit.mjs";
import { formatNumber, t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { RoomElement } from "../lib/room.js";
import "./queued-question.js";

const oldest = (a, b) => a.posted_seq - b.posted_seq;
const LISTS = {
    pending: {
        words: () => t("Pending"),
        order: oldest,
        drawing: "inbox",
        empty: () => [t("Nothing is waiting"), t("New questions come here first. Only hosts and their authors see them.")],
    },
    published: {
        words: () => t("Published"),
        order: (a, b) => Number(b.pinned) - Number(a.pinned) || b.votes - a.votes || oldest(a, b),
        drawing: "circle-help",
        empty: () => [t("No open questions"), t("What you publish comes here. Everybody can read it and vote for it.")],
    },
    answered: {
        words: () => t("Answered"),
        order: (a, b) => Number(b.pinned) - Number(a.pinned) || Date.parse(b.answered_at) - Date.parse(a.answered_at),
        drawing: "circle-check",
        empty: () => [t("Nothing answered yet"), t("Questions come here once you have answered them, live or in writing.")],
    },
    dismissed: {
        words: () => t("Dismissed"),
        order: (a, b) => b.seq - a.seq,
        drawing: "archive",
        empty: () => [t("Nothing dismissed"), t("Dismissed questions are kept here. You can still publish them.")],
    },
};
const DONE = {
    publish: () => t("Published."),
    live: () => t("Marked as answered live."),
    write: () => t("Answer published."),
    pin: () => t("Put on top."),
    unpin: () => t("Taken from the top."),
    dismiss: () => t("Dismissed."),
};

class QuestionQueue extends RoomElement {
    static properties = { list: { state: true }, said: { state: true } };

    #shown = []; // ids in the order on screen
    #fresh = []; // ids that wait behind the pill
    #open = false; // the list is to be brought up to date, in hand or not

    constructor() {
        super();
        this.list = "pending";
        this.said = "";
    }

    get #panel() {
        return this.querySelector("[role=tabpanel]");
    }

    willUpdate(changed) {
        const known = new Map(this.room.state.questions.map((question) => [question.id, question]));
        const { order } = LISTS[this.list];
        const wanted = [...known.values()].filter(({ state }) => state === this.list).sort(order).map(({ id }) => id);
        const pointed = Boolean(this.#panel?.matches(":hover"));
        const held = pointed || Boolean(this.#panel?.matches(":has(:focus-visible)"));
        const kept = this.#shown.filter((id) => known.has(id) && (pointed || wanted.includes(id)));
        if (!held || this.#open || changed.has("list") || kept.length === 0) {
            this.#shown = wanted;
        } else {
            this.#shown = kept;
        }
        this.#open = false;
        this.#fresh = wanted.filter((id) => !this.#shown.includes(id));
    }

    /** Brings the list up to date and goes to the first question that was not there before. */
    async showNew() {
        const [first] = this.#fresh;
        if (!first) return;
        this.#open = true;
        this.requestUpdate();
        await this.updateComplete;
        this.#item(first)?.focus();
    }

    /** Chooses a list: "pending", "published", "answered" or "dismissed", and goes there. */
    async choose(list) {
        this.list = list;
        await this.updateComplete;
        this.querySelector(`[data-list=${list}]`).focus();
    }

    /** Goes to the question after (1) or before (-1) the present one. */
    move(step) {
        const items = [...this.querySelectorAll("[data-question]:not(.settled)")];
        const at = items.indexOf(this.#present?.closest("li"));
        const next = at < 0 ? items[step > 0 ? 0 : items.length - 1] : items[at + step];
        next?.focus();
    }

    /** Does something with the question that has the focus; see `act` of <queued-question>. */
    act(name) {
        this.#present?.act(name);
    }

    get #present() {
        return document.activeElement?.closest?.("[data-question]")?.querySelector("queued-question") ?? null;
    }

    #item(id) {
        return this.querySelector(`[data-question="${id}"]`);
    }

    /** Somebody who works with the keyboard goes on with the next question, wherever this one went. */
    #done({ detail }) {
        this.said = DONE[detail.action]?.() ?? "";
        const item = this.#item(detail.question_id);
        if (!item?.matches(":has(:focus-visible), :focus-visible")) return;
        if (["pin", "unpin", "edit"].includes(detail.action)) return;
        const next = item.nextElementSibling ?? item.previousElementSibling;
        (next ?? this.querySelector(`[data-list=${this.list}]`)).focus();
    }

    render() {
        const { questions, ready } = this.room.state;
        const known = new Map(questions.map((question) => [question.id, question]));
        return html`
            <div class="tabs host-lists" role="tablist" aria-label=${t("Questions")}>
                ${Object.keys(LISTS).map((name) => this.#tab(name, questions.filter(({ state }) => state === name).length))}
            </div>
            <div
                class="room-panel"
                role="tabpanel"
                aria-label=${LISTS[this.list].words()}
                @pointerleave=${() => this.requestUpdate()}
                @focusout=${() => this.requestUpdate()}
            >
                <div role="status">${this.#pill()}</div>
                <div class="chat-scroll" tabindex="-1">
                    ${ready ? (this.#shown.length ? nothing : this.#empty()) : skeleton()}
                    <ul
                        class="question-list"
                        role="list"
                        ?hidden=${this.#shown.length === 0}
                        @question-done=${this.#done}
                    >
                        ${repeat(this.#shown, (id) => id, (id) => this.#card(known.get(id)))}
                    </ul>
                </div>
            </div>
            <p class="visually-hidden" role="status">${this.said}</p>
        `;
    }

    #tab(name, count) {
        const chosen = this.list === name;
        return html`<button
            type="button"
            role="tab"
            data-list=${name}
            aria-selected=${live(String(chosen))}
            tabindex=${live(chosen ? "0" : "-1")}
            @tab-chosen=${() => (this.list = name)}
        >
            ${LISTS[name].words()} ${count ? html`<span class="count ${name === "pending" ? "" : "calm"}">${formatNumber(count)}</span>` : nothing}
        </button>`;
    }

    #pill() {
        const count = this.#fresh.length;
        if (count === 0) return nothing;
        return html`<button type="button" class="button primary small queue-new" @click=${this.showNew}>
            ${icon("arrow-down")}${tn("{count} new", "{count} new", count)}
        </button>`;
    }

    #card(question) {
        const settled = question.state !== this.list;
        return html`<li
            class="question ${question.pinned ? "pinned" : ""} ${settled ? "settled" : ""}"
            tabindex="-1"
            data-question=${question.id}
        >
            <queued-question .question=${question} ?settled=${settled}></queued-question>
        </li>`;
    }

    #empty() {
        const [title, words] = LISTS[this.list].empty();
        const off = !this.room.webinar.questions_enabled;
        return html`<div class="empty">
            ${icon(LISTS[this.list].drawing)}
            <h3>${off ? t("Questions are off in this webinar") : title}</h3>
            <p>${off ? nothing : words}</p>
        </div>`;
    }
}

function skeleton() {
    return html`<div class="question-list" aria-hidden="true">
        ${[1, 2, 3].map(() => html`<div class="question"><span></span><div><span class="skeleton"></span><span class="skeleton medium"></span></div></div>`)}
    </div>`;
}

customElements.define("question-queue", QuestionQueue);
