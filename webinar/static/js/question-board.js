// <question-board>: the questions everybody sees, one's own ones wherever they stand, and the place to ask.

import { html, nothing, repeat } from "../vendor/lit.mjs";
import "./lib/composer.js";
import { question } from "./lib/question-card.js";
import { t, tn } from "./lib/i18n.js";
import { icon } from "./lib/icon.js";
import { RoomElement } from "./lib/room.js";
import { Speaker } from "./lib/speaker.js";
import { takingPart } from "./lib/taking-part.js";

const LIMIT = 1000;
const ORDERS = {
    votes: (a, b) => b.votes - a.votes || a.posted_seq - b.posted_seq,
    newest: (a, b) => b.posted_seq - a.posted_seq,
};

const waiting = ({ state }) => Number(state === "pending");

class QuestionBoard extends RoomElement {
    static properties = {
        order: { state: true },
        asking: { state: true },
        problem: { state: true },
    };

    #speaker = new Speaker(this);
    #votes = new Map(); // question id → the vote that is on its way
    #settled = []; // the order on screen, which stays while somebody points at it
    #inHand = false;
    #known = null;

    constructor() {
        super();
        this.order = "votes";
        this.asking = 0;
        this.problem = "";
    }

    willUpdate() {
        const { ready, questions } = this.room.state;
        if (!ready) return;
        const shown = questions.filter(({ mine }) => !mine).map(({ id }) => id);
        this.#known ??= new Set(shown);
        if (shown.every((id) => this.#known.has(id))) return;
        this.#speaker.say(() => {
            const fresh = shown.filter((id) => !this.#known.has(id)).length;
            this.#known = new Set(shown);
            return fresh ? tn("{count} new question", "{count} new questions", fresh) : "";
        });
    }

    updated() {
        const seen = this.offsetParent !== null && document.visibilityState === "visible";
        if (seen && this.room.state.unread.questions) this.room.store.markRead("questions");
    }

    /** Called by the page when the questions' tab is opened. */
    reveal() {
        this.requestUpdate();
    }

    /** Pinned first, then one's own that wait for a host, then as chosen. Nothing moves under a finger: what is new comes last until it is lifted. */
    #sorted() {
        const wanted = [...this.room.state.questions].sort(
            (a, b) => Number(b.pinned) - Number(a.pinned) || waiting(b) - waiting(a) || ORDERS[this.order](a, b),
        );
        if (this.#inHand) {
            const place = (id) => (this.#settled.includes(id) ? this.#settled.indexOf(id) : Infinity);
            wanted.sort((a, b) => place(a.id) - place(b.id) || 0);
        }
        this.#settled = wanted.map(({ id }) => id);
        return wanted;
    }

    #hold(inHand) {
        this.#inHand = inHand;
        if (!inHand) this.requestUpdate();
    }

    async #ask({ detail }) {
        const anonymous = this.querySelector("[name=anonymous]").checked;
        this.asking += 1;
        this.problem = "";
        try {
            await this.room.send("question.ask", { body: detail.text, anonymous });
            const waits = this.room.webinar?.questions_moderated;
            this.querySelector(".chat-scroll").scrollTop = 0;
            this.#speaker.say(() => (waits ? t("Sent. A host will look at it.") : t("Your question is on the list.")));
        } catch (error) {
            this.problem = t("Not sent: {reason}", { reason: t(error.reason) });
        }
        this.asking -= 1;
    }

    /** The vote shows at once; the server's word replaces it. */
    async #vote({ id, voted }) {
        this.#votes.set(id, !voted);
        this.requestUpdate();
        try {
            await this.room.send(voted ? "question.unvote" : "question.vote", { question_id: id });
        } catch (error) {
            this.#votes.delete(id);
            this.#speaker.say(() => t(error.reason));
            this.requestUpdate();
        }
    }

    render() {
        const { ready } = this.room.state;
        const questions = this.#sorted();
        return html`
            <div
                class="chat-scroll"
                tabindex="0"
                role="region"
                aria-label=${t("Questions")}
                @pointerenter=${() => this.#hold(true)}
                @pointerleave=${() => this.#hold(false)}
            >
                ${questions.length > 1 ? this.#orders() : nothing}
                ${ready && questions.length === 0 ? this.#empty() : nothing}
                <ul class="question-list" role="list" ?hidden=${questions.length === 0}>
                    ${repeat(questions, ({ id }) => id, (each) => this.#item(each))}
                </ul>
            </div>
            ${this.#speaker.region()}
            <div class="composer">${this.#composer()}</div>
        `;
    }

    #item(each) {
        if (this.#votes.get(each.id) === each.voted) this.#votes.delete(each.id);
        const coming = this.#votes.get(each.id);
        const voted = coming ?? each.voted;
        const votes = each.votes + (coming === undefined || coming === each.voted ? 0 : coming ? 1 : -1);
        const { you, webinar } = { you: this.room.state.you, webinar: this.room.webinar };
        const open = you?.role === "participant" && each.state === "published" && webinar?.state !== "ended";
        return question({ ...each, voted, votes }, { vote: open ? () => this.#vote(each) : null });
    }

    #orders() {
        const choice = (name, words) => html`
            <button type="button" aria-pressed=${this.order === name} @click=${() => (this.order = name)}>${words}</button>
        `;
        return html`
            <div class="room-tools">
                <div class="segmented" role="group" aria-label=${t("Order")}>
                    ${choice("votes", t("Most wanted"))} ${choice("newest", t("Newest"))}
                </div>
            </div>
        `;
    }

    #empty() {
        const words = this.room.webinar?.questions_moderated
            ? t("Be the first to ask. A host looks at every question before others see it.")
            : t("Be the first to ask. Everybody sees it and can vote for it.");
        return html`
            <div class="empty">
                ${icon("circle-help")}
                <h3>${t("No questions yet")}</h3>
                <p>${words}</p>
            </div>
        `;
    }

    #composer() {
        const hurdle = takingPart(this.room, this.room.webinar?.questions_enabled, {
            off: t("Questions are off in this webinar."),
            over: t("Questions are closed. You can still read the answers."),
        });
        if (hurdle) return hurdle;
        return html`
            <text-composer
                label=${t("Your question")}
                placeholder=${t("Ask the speakers")}
                button=${t("Ask")}
                limit=${LIMIT}
                problem=${this.problem}
                @compose=${this.#ask}
            ></text-composer>
            <div class="composer-foot">
                <label class="choice"><input type="checkbox" name="anonymous" /><span>${t("Without my name")}</span></label>
                ${this.asking ? html`<span role="status">${t("Sending…")}</span>` : nothing}
            </div>
        `;
    }
}

customElements.define("question-board", QuestionBoard);
