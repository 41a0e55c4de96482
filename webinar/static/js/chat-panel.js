/**
 * The chat: what is said, and where one says it. `moderates` gives hosts the buttons at each message.
 *
 * At most 400 messages are in the document, whatever the length of the conversation: scrolling up brings the older
 * ones, first from the store, then from the server, and takes the newest out at the other end.
 */

import { html, nothing, repeat } from "../vendor/lit.mjs";
import "./lib/composer.js";
import { Attempts } from "./lib/attempts.js";
import { announced, entries, message, removedTogether } from "./lib/chat-message.js";
import { ScrollWindow } from "./lib/scroll-window.js";
import { t, tn } from "./lib/i18n.js";
import { icon } from "./lib/icon.js";
import { nameOf } from "./lib/people.js";
import { RoomElement } from "./lib/room.js";
import { Speaker } from "./lib/speaker.js";
import { takingPart } from "./lib/taking-part.js";

const LIMIT = 500;

class ChatPanel extends RoomElement {
    static properties = { moderates: { type: Boolean } };

    attempts = new Attempts(this);
    #window = new ScrollWindow(this, { older: () => this.#readOlder() });
    #speaker = new Speaker(this);
    #reading = null;
    #heard = null; // posted_seq of the newest message that was read out
    #rule = null; // posted_seq after which “New” is drawn

    constructor() {
        super();
        this.moderates = false;
    }

    willUpdate() {
        this.#window.measure();
        this.#hear();
        this.#markUnread();
    }

    updated() {
        this.#window.settle(this.querySelector(".chat-scroll"));
        this.#markRead();
    }

    /** Called by the page when the chat's tab is opened. */
    reveal() {
        this.#window.toEnd();
        this.requestUpdate();
    }

    get #isSeen() {
        return this.offsetParent !== null && document.visibilityState === "visible";
    }

    #markUnread() {
        const { messages, unread } = this.room.state;
        if (unread.chat === 0) return;
        if (this.#rule === null) {
            const first = messages.filter(({ posted_seq, mine }) => posted_seq && !mine).at(-unread.chat);
            this.#rule = this.#window.following && this.#isSeen ? null : (first?.posted_seq ?? null);
        }
    }

    #markRead() {
        if (this.room.state.unread.chat && this.#isSeen && this.#window.following) this.room.store.markRead("chat");
    }

    /** Reads out what others said, at most every few seconds and never word by word. */
    #hear() {
        const newest = () => this.room.state.messages.findLast(({ posted_seq }) => posted_seq)?.posted_seq ?? 0;
        if (!this.room.state.ready) return;
        this.#heard ??= newest();
        if (newest() === this.#heard) return;
        this.#speaker.say(() => {
            const since = this.#heard;
            this.#heard = newest();
            return announced(this.room.state.messages, since);
        });
    }

    async #readOlder() {
        if (this.#reading || !this.room.state.more) return;
        this.#reading = this.room.send("chat.page", { before: this.room.store.oldest });
        this.requestUpdate();
        await this.#reading.catch(() => {});
        this.#reading = null;
        this.requestUpdate();
    }

    /** A host's command about the message `said` or its author; a refusal shows at the message. */
    act(said, type, fields) {
        return this.attempts.run(said.id, () => this.room.send(type, fields));
    }

    #send({ detail }) {
        this.#rule = null;
        this.#window.toEnd();
        this.room.say(detail.text);
    }

    #jump() {
        this.#window.toEnd();
        this.requestUpdate();
        this.querySelector("text-composer")?.focus();
    }

    render() {
        const { state } = this.room;
        return html`
            ${state.announcement ? announcement(state.announcement, this) : nothing}
            <div class="chat">
                <div
                    class="chat-scroll"
                    role="log"
                    aria-live="off"
                    aria-busy=${!state.ready}
                    aria-label=${t("Chat")}
                    tabindex="0"
                    @scroll=${() => this.#window.scrolled()}
                >
                    ${this.#list()}
                </div>
                ${state.unread.chat && !this.#window.following ? this.#pill(state.unread.chat) : nothing}
            </div>
            ${this.#speaker.region()}
            <div class="composer">${this.#composer()}</div>
        `;
    }

    #list() {
        const { messages, ready, more } = this.room.state;
        if (!ready) return skeleton();
        if (messages.length === 0) return this.#empty();
        const [from, to] = this.#window.range(messages);
        return html`
            ${this.#reading ? html`<p class="chat-note center" role="status">${t("Reading older messages…")}</p>` : nothing}
            ${!more && from === 0 && messages.length > 20
                ? html`<p class="chat-note center">${t("This is where the conversation began.")}</p>`
                : nothing}
            <ol class="chat-list" role="list">
                ${repeat(
                    entries(messages.slice(0, to), from, this.#rule),
                    ({ said }) => said.client_id,
                    (entry) =>
                        entry.count > 1
                            ? removedTogether(entry, this.#rule)
                            : message(entry.said, entry.previous, this, this.#rule),
                )}
            </ol>
        `;
    }

    #empty() {
        const open = this.room.webinar?.chat_enabled;
        return html`
            <div class="empty">
                ${icon("message-circle")}
                <h3>${t("No messages yet")}</h3>
                <p>${open ? t("Say hello and tell where you are watching from.") : t("The chat is off in this webinar.")}</p>
            </div>
        `;
    }

    #pill(count) {
        return html`
            <button type="button" class="button primary small chat-jump" @click=${this.#jump}>
                ${icon("arrow-down")}${tn("{count} new message", "{count} new messages", count)}
            </button>
        `;
    }

    #composer() {
        const hurdle = takingPart(this.room, this.room.webinar?.chat_enabled, {
            off: t("The chat is off in this webinar."),
            over: t("The chat has ended. You can still read it."),
        });
        if (hurdle) return hurdle;
        return html`
            <text-composer
                label=${t("Your message")}
                placeholder=${t("Write to everybody")}
                button=${t("Send")}
                limit=${LIMIT}
                @compose=${this.#send}
            ></text-composer>
        `;
    }
}

function announcement(said, panel) {
    const remove = () => panel.act(said, "chat.remove", { message_id: said.id });
    return html`
        <section class="announcement" aria-label=${t("Announcement")}>
            ${icon("megaphone")}
            <div>
                <p class="small soft">${nameOf(said.author)}</p>
                <p class="chat-text" dir="auto">${said.body}</p>
            </div>
            ${panel.moderates
                ? html`<button type="button" class="button quiet small" @click=${remove}>${t("Take down")}</button>`
                : nothing}
        </section>
    `;
}

function skeleton() {
    return html`<div class="chat-list" aria-hidden="true">
        ${[1, 2, 3, 4].map(() => html`<div class="chat-message"><span class="skeleton"></span><span class="skeleton medium"></span></div>`)}
    </div>`;
}

customElements.define("chat-panel", ChatPanel);
