/**
 * What a person asked for and the server has not done yet, or has refused: one thing at a time per key.
 *
 *   #attempts = new Attempts(this);                        // in a LitElement, which is drawn again by itself
 *   await this.#attempts.run(question.id, () => this.room.send(…));   // true when it is done and committed
 *   this.#attempts.isBusy(question.id), this.#attempts.problem(question.id)
 */

import { t } from "./i18n.js";

export class Attempts {
    #host;
    #busy = new Set();
    #problems = new Map();

    constructor(host) {
        this.#host = host;
    }

    isBusy(key) {
        return this.#busy.has(key);
    }

    /** Why the last attempt failed, for people; empty when it didn't. */
    problem(key) {
        return this.#problems.get(key) ?? "";
    }

    forget(key) {
        if (this.#problems.delete(key)) this.#host.requestUpdate();
    }

    async run(key, act) {
        if (this.#busy.has(key)) return false;
        this.#busy.add(key);
        this.#problems.delete(key);
        this.#host.requestUpdate();
        try {
            await act();
            return true;
        } catch (error) {
            this.#problems.set(key, t(error.reason ?? error.message));
            return false;
        } finally {
            this.#busy.delete(key);
            this.#host.requestUpdate();
        }
    }
}
