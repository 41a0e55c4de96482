// <host-announcer>: a word to everybody, on top of the chat until it is taken down or another one takes its place.

import { createRef, html, nothing, ref } from "../../vendor/lit.mjs";
import { Attempts } from "../lib/attempts.js";
import { charactersLeft, formatNumber, t } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { RoomElement } from "../lib/room.js";
import { linked } from "../lib/text.js";
import { formatMoment } from "../lib/time.js";

const LIMIT = 500;

class HostAnnouncer extends RoomElement {
    static properties = { length: { state: true } };

    #attempts = new Attempts(this);
    #field = createRef();
    #clientId = null; // kept until it is done, so that trying again announces nothing twice

    constructor() {
        super();
        this.length = 0;
    }

    focus() {
        this.#field.value?.focus();
    }

    render() {
        const busy = this.#attempts.isBusy("post");
        const problem = this.#attempts.problem("post");
        const over = this.length > LIMIT;
        return html`
            ${this.#current()}
            <form class="stack gap-s" @submit=${this.#post}>
                <label class="field-label" for="announcement-text">${t("Announce to everybody")}</label>
                <textarea
                    class="input"
                    id="announcement-text"
                    rows="2"
                    dir="auto"
                    placeholder=${t("It stays on top of the chat")}
                    aria-invalid=${over || problem ? "true" : nothing}
                    aria-describedby="announcement-note"
                    ?readonly=${busy}
                    ${ref(this.#field)}
                    @input=${this.#typed}
                    @keydown=${this.#key}
                ></textarea>
                <div class="row gap-s spread">
                    <p class="small ${over || problem ? "field-error" : "faint"} grow" id="announcement-note" role="status">${this.#note(busy, problem)}</p>
                    <button class="button small" aria-disabled=${this.length === 0 || over ? "true" : nothing} aria-busy=${busy ? "true" : nothing}>
                        ${icon("megaphone")}${t("Announce")}
                    </button>
                </div>
            </form>
        `;
    }

    #current() {
        const said = this.room.state.announcement;
        if (!said) return nothing;
        return html`<section class="host-announcement" aria-label=${t("On top of the chat now")}>
            <div class="host-announcement-head">
                <span class="small soft">${t("On top since {time}", { time: formatMoment(said.posted_at, "clock") })}</span>
                <button
                    type="button"
                    class="button quiet small"
                    aria-busy=${this.#attempts.isBusy(said.id) ? "true" : nothing}
                    @click=${() => this.#attempts.run(said.id, () => this.room.send("chat.remove", { message_id: said.id }))}
                >
                    ${icon("x")}${t("Take down")}
                </button>
            </div>
            <p class="chat-text" dir="auto">${linked(said.body)}</p>
            <p class="field-error" role="alert">${this.#attempts.problem(said.id)}</p>
        </section>`;
    }

    #note(busy, problem) {
        if (problem) return problem;
        if (busy && this.room.status !== "open") return t("Waiting for the connection…");
        const left = LIMIT - this.length;
        return left < 100 ? charactersLeft(left) : "";
    }

    #typed(event) {
        this.#attempts.forget("post");
        this.#clientId = null;
        this.length = [...event.target.value.trim()].length;
    }

    #key(event) {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.target.form.requestSubmit();
    }

    async #post(event) {
        event.preventDefault();
        const field = this.#field.value;
        const body = field.value.trim();
        if (!body || this.length > LIMIT) return field.focus();
        this.#clientId ??= crypto.randomUUID();
        const client_id = this.#clientId;
        const done = await this.#attempts.run("post", () => this.room.send("chat.announce", { client_id, body }));
        if (!done) return field.focus();
        this.#clientId = null;
        field.value = "";
        this.length = 0;
    }
}

/** <moderated-people>: who is muted or banned, and the way back. */
class ModeratedPeople extends RoomElement {
    #attempts = new Attempts(this);

    render() {
        const { participants } = this.room.state;
        return html`
            <details class="disclosure host-people">
                <summary>
                    ${t("Muted and banned")}
                    ${participants.length ? html`<span class="count">${formatNumber(participants.length)}</span>` : nothing}
                </summary>
                ${participants.length
                    ? html`<ul class="host-people-list" role="list">
                          ${participants.map((person) => this.#person(person))}
                      </ul>`
                    : html`<p class="small soft">${t("Nobody. Mute or ban somebody at one of their messages.")}</p>`}
            </details>
        `;
    }

    #person(person) {
        const banned = person.banned;
        const act = () => this.room.send(banned ? "participant.unban" : "participant.unmute", { participant_id: person.id });
        const words = banned ? t("Let {name} in again", { name: person.name }) : t("Give {name} their voice back", { name: person.name });
        return html`<li>
            <span class="grow truncate" dir="auto">${person.name}</span>
            <span class="badge ${banned ? "bad" : "warn"}">${banned ? t("Banned") : t("Muted")}</span>
            <button
                type="button"
                class="button quiet small"
                aria-label=${words}
                title=${words}
                aria-busy=${this.#attempts.isBusy(person.id) ? "true" : nothing}
                @click=${() => this.#attempts.run(person.id, act)}
            >
                ${icon("rotate-ccw")}${t("Undo")}
            </button>
            <p class="field-error" role="alert">${this.#attempts.problem(person.id)}</p>
        </li>`;
    }
}

customElements.define("host-announcer", HostAnnouncer);
customElements.define("moderated-people", ModeratedPeople);
