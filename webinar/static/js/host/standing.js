/**
 * How the webinar stands: its state, the next steps and what each still needs, the replay, the picture's preview.
 *
 * The page brings the first one along; after that every change in the room, whoever made it, asks for it anew.
 *
 *   const standing = theStanding();
 *   standing.addEventListener("change", …);    standing.now          // see `Standing` in routes/host/standing.py
 *   await standing.take("go-live");            await standing.showReplay(true);
 */

import { t } from "../lib/i18n.js";
import { theRoom } from "../lib/room.js";

class StepRefused extends Error {
    constructor({ message, fields = {} }) {
        super(message);
        this.fields = fields;
    }
}

class Standing extends EventTarget {
    #addresses;
    #skew = 0; // milliseconds that the server's clock is ahead of this one
    #asked = 0;
    #seq;

    constructor(room) {
        super();
        this.#addresses = room.config.host;
        this.#seq = room.webinar.seq;
        this.#take(room.config.host.standing);
        room.addEventListener("change", () => {
            if (room.webinar.seq === this.#seq) return;
            this.#seq = room.webinar.seq;
            this.refresh();
        });
    }

    /** The server's time, in milliseconds. */
    get time() {
        return Date.now() + this.#skew;
    }

    /** The address of a page of the editor ("details" is its first); empty for people who may not edit. */
    editor(page) {
        const { editor } = this.#addresses;
        return editor && (page === "details" ? editor : `${editor}/${page}`);
    }

    /** Takes a step; rejects with words for people. */
    take(step) {
        return this.#post(this.#addresses.state, { step });
    }

    showReplay(enabled) {
        return this.#post(this.#addresses.replay, { enabled });
    }

    /** Asks anew; what does not arrive leaves what is known, and the next change asks again. */
    async refresh() {
        const asked = ++this.#asked;
        const answer = await fetch(this.#addresses.state).catch(() => null);
        if (answer?.ok && asked === this.#asked) this.#take(await answer.json());
    }

    async #post(address, body) {
        this.#asked += 1;
        let answer;
        try {
            answer = await fetch(address, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify(body),
            });
        } catch {
            this.refresh();
            throw new StepRefused({ message: t("The server did not answer. Look at the state before you try again.") });
        }
        if (answer.ok) return this.#take(await answer.json());
        const problem = (await answer.json().catch(() => null))?.error;
        this.refresh();
        throw new StepRefused(problem ?? { message: t("This did not work. Please try again.") });
    }

    #take(standing) {
        this.now = standing;
        this.#skew = Date.parse(standing.now) - Date.now();
        this.dispatchEvent(new Event("change"));
    }
}

let standing = null;

/** The page's one standing. */
export function theStanding() {
    standing ??= new Standing(theRoom());
    return standing;
}
