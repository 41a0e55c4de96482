/**
 * Commands that wait for their answers, in the order in which they were given and one on its way at a time: so a room
 * hears what somebody says in that order, whatever is refused or breaks off in between.
 *
 *   const queue = new CommandQueue();
 *   const ack = await queue.add({ type: "chat.send", client_id, body: "Hello" });   // rejects with a CommandError
 *   queue.resume((frame) => socket.send(frame));   // there is a connection: what waits goes, from the first on
 *   queue.settle(event);                           // the server answered; true when the command waits on
 *   queue.hold();                                  // the connection is gone: everything waits
 *
 * What the server can't take now holds everything after it back until it can. It is never given up: it waits as long as
 * the room is open.
 */

const AGAIN = new Set(["too_many", "unavailable"]); // errors that mean: the same once more
const PAUSE = 1; // seconds before that, where the server does not say
const MOST_WAITING = 100; // more than anybody types before they see that nothing goes
const LARGEST = 16 * 1024; // bytes; after a larger frame the server ends the connection, each time it comes

// For the catalogue; whoever shows it translates it.
const N_ = (text) => text;

/** A command was refused. `code` is stable, `message` is for people, `fields` maps field names to messages. */
export class CommandError extends Error {
    constructor({ code, message, fields = {}, retry_after = null }) {
        super(message);
        this.name = "CommandError";
        this.code = code;
        this.fields = fields;
        /** What to tell people: what is wrong with the field, where one is named. */
        this.reason = reasonOf({ message, fields });
        this.retryAfter = retry_after;
    }
}

/** What an `error` event tells people. */
export function reasonOf({ message, fields = {} }) {
    return Object.values(fields)[0] ?? message;
}

/** What a command gets that no server was asked about, because the room is closed. */
export function tooLate() {
    return new CommandError({ code: "closed", message: N_("The connection has ended.") });
}

export class CommandQueue {
    #waiting = new Map(); // client_id → { type, frame, resolve, reject }
    #transmit = null; // takes a frame; null while there is no connection
    #onItsWay = null; // client_id
    #pause = null;

    /** Resolves with the command's `ack` (or `chat.paged`). */
    add(command) {
        const { type, client_id } = command;
        const frame = JSON.stringify(command);
        return new Promise((resolve, reject) => {
            const problem = this.#problemOf(frame);
            if (problem) return reject(new CommandError(problem));
            this.#waiting.set(client_id, { type, frame, resolve, reject });
            this.#next();
        });
    }

    resume(transmit) {
        this.hold();
        this.#transmit = transmit;
        this.#next();
    }

    hold() {
        clearTimeout(this.#pause);
        this.#transmit = this.#onItsWay = this.#pause = null;
    }

    /** Takes an event with a `ref`; true when the command that it names waits to be sent once more. */
    settle(event) {
        const command = this.#waiting.get(event.ref);
        if (!command) return false;
        this.#onItsWay = null;
        if (event.type === "error" && AGAIN.has(event.code)) {
            this.#rest(event.retry_after ?? PAUSE);
            return true;
        }
        this.#waiting.delete(event.ref);
        if (event.type === "error") command.reject(new CommandError(event));
        else command.resolve(event);
        this.#next();
        return false;
    }

    /** Rejects everything that waits. */
    abandon() {
        this.hold();
        const left = [...this.#waiting.values()];
        this.#waiting.clear();
        for (const { reject } of left) reject(tooLate());
    }

    #problemOf(frame) {
        if (this.#waiting.size >= MOST_WAITING) {
            return { code: "too_much_waiting", message: N_("Too much is waiting to be sent already.") };
        }
        if (new TextEncoder().encode(frame).length > LARGEST) {
            return { code: "invalid", message: N_("This is too long to be sent.") };
        }
        return null;
    }

    #rest(seconds) {
        this.#pause = setTimeout(() => {
            this.#pause = null;
            this.#next();
        }, 1000 * seconds);
    }

    /**
     * What people do (mute, vote, publish, ask) goes before what they say in the chat: it is no part of the
     * conversation's order, and a host's mute must not wait behind a row of their own messages. Among themselves
     * both keep the order in which they were given.
     */
    #next() {
        if (!this.#transmit || this.#onItsWay || this.#pause) return;
        const waiting = [...this.#waiting];
        const next = waiting.find(([, { type }]) => type !== "chat.send") ?? waiting[0];
        if (!next) return;
        const [client_id, { frame }] = next;
        this.#onItsWay = client_id;
        this.#transmit(frame);
    }
}
