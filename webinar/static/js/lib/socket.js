/**
 * The socket to a room: joins, comes back by itself, loses nothing and sends nothing twice.
 *
 *   const socket = new RoomSocket({
 *       url: "wss://webinar.example.org/live",
 *       getTicket: async (signal) => "…",         // POST /api/v1/webinars/{id}/ticket; see `ticketFrom`
 *       onEvent: (event) => store.apply(event),   // every event of docs/protocol.md, `ack` and `error` included
 *       onStatus: (status, why) => …,
 *   });
 *   socket.open();
 *   const ack = await socket.send("chat.send", { body: "Hello" });  // rejects with a CommandError
 *   socket.close();
 *
 * Statuses: "connecting" → "open"; "waiting" (cut off, will come back), "offline" (the browser says so; will come
 * back), "closed" (for good; `why` is { code, reason }: 4501 session ended, 4502 banned, 4503 webinar gone, 4504 erased, or the
 * HTTP status with which a ticket was refused: 401, 403, 404).
 *
 * Commands are carried out in the order in which they were given (`commands.js` tells the exception). One that was not
 * acknowledged is sent again, with the same `client_id`, after coming back; one that came too fast or did not reach the
 * database, until it is done. No DOM in here; `page` (window by default) is only listened to for "online", "offline" and
 * "visibilitychange".
 */

import { CommandQueue, tooLate } from "./commands.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 20_000;
const STEADY = 10_000; // a connection that lasted this long starts the back-off anew
const SILENCE = 45_000; // the server says something at least every 20 s
const TICKET_WITHIN = 15_000; // a request into a network that swallows it would otherwise hang for minutes
const REFUSED_FOR_GOOD = new Set([400, 401, 403, 404, 410, 422]);

/** A ticket was refused; `status` is the HTTP status, `code` the error's. */
export class TicketRefused extends Error {
    constructor(status, code, message) {
        super(message || `No ticket (${status})`);
        this.name = "TicketRefused";
        this.status = status;
        this.code = code;
    }
}

/**
 * A `getTicket` for the endpoint `url`. `role: "host"` asks for a host's ticket; `token()` gives the participant's
 * session token where cookies are blocked.
 */
export function ticketFrom(url, { role = null, token = () => null } = {}) {
    return async (signal) => {
        const bearer = token();
        const response = await fetch(url, {
            method: "POST",
            headers: {
                "Content-Type": "application/json",
                ...(bearer && { Authorization: `Bearer ${bearer}` }),
            },
            body: JSON.stringify(role ? { role } : {}),
            signal,
        });
        if (!response.ok) {
            const problem = (await response.json().catch(() => null))?.error ?? {};
            throw new TicketRefused(response.status, problem.code, problem.message);
        }
        return (await response.json()).ticket;
    };
}

/** Full jitter (0 … the exponential cap), in milliseconds, so that a crowd does not come back as one. */
export function backOff(attempt, random = Math.random) {
    return random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
}

/** Whether a close code asks to stay away. */
export function isFinal(code) {
    return code >= 4500 && code <= 4999;
}

export class RoomSocket {
    #options;
    #socket = null;
    #asking = null;
    #attempt = 0;
    #joinedAt = null;
    #appointment = null; // when to come back, as a server that ends has said
    #cursor = null; // { epoch, seq } up to which everything was received
    // Reading back has a pace of its own at the server, so neither waits for the other.
    #queues = { reading: new CommandQueue(), talking: new CommandQueue() };
    #retry = null;
    #silence = null;
    #run = 0; // makes what belongs to an abandoned connection recognisable
    #listening = null;

    constructor({
        url,
        getTicket,
        onEvent,
        onStatus = () => {},
        page = globalThis.window,
        WebSocket = globalThis.WebSocket,
        random = Math.random,
        now = () => performance.now(),
        newId = () => crypto.randomUUID(),
    }) {
        this.#options = { url, getTicket, onEvent, onStatus, page, WebSocket, random, now, newId };
        this.status = "closed";
    }

    /** Start. Does nothing when already started. */
    open() {
        if (this.#listening) return;
        const { page } = this.#options;
        const wake = () => {
            const hidden = page?.document?.visibilityState === "hidden";
            if (!hidden && (this.status === "waiting" || this.status === "offline")) this.#connect();
        };
        const sleep = () => this.#cut("offline");
        this.#listening = new AbortController();
        const { signal } = this.#listening;
        page?.addEventListener?.("online", wake, { signal });
        page?.addEventListener?.("offline", sleep, { signal });
        page?.document?.addEventListener?.("visibilitychange", wake, { signal });
        this.#connect();
    }

    /** End for good; commands that were not acknowledged are rejected. */
    close(why = { code: 1000, reason: "" }) {
        this.#listening?.abort();
        this.#listening = null;
        this.#drop();
        for (const queue of Object.values(this.#queues)) queue.abandon();
        this.#tell("closed", why);
    }

    /**
     * Send a command; resolves with its `ack` (or `chat.paged`), rejects with a CommandError. Give a `client_id` of
     * your own to show the message before it is acknowledged.
     */
    send(type, fields = {}) {
        const client_id = fields.client_id ?? this.#options.newId();
        if (!this.#listening) return Promise.reject(tooLate());
        const queue = type === "chat.page" ? this.#queues.reading : this.#queues.talking;
        return queue.add({ type, ...fields, client_id });
    }

    async #connect() {
        this.#drop();
        const run = this.#run;
        const { url, getTicket, WebSocket, page } = this.#options;
        if (page?.navigator?.onLine === false) return this.#tell("offline");
        this.#tell("connecting");
        this.#asking = new AbortController();
        this.#silence = setTimeout(() => this.#wait(), TICKET_WITHIN);
        let ticket;
        try {
            ticket = await getTicket(this.#asking.signal);
        } catch (error) {
            if (run !== this.#run) return;
            if (REFUSED_FOR_GOOD.has(error.status)) {
                this.close({ code: error.status, reason: error.code ?? "" });
            } else {
                this.#wait();
            }
            return;
        }
        if (run !== this.#run) return;
        const socket = new WebSocket(url);
        this.#socket = socket;
        const mine = (act) => (event) => run === this.#run && act(event);
        socket.onopen = mine(() => socket.send(JSON.stringify({ type: "hello", ticket, ...this.#cursor })));
        socket.onmessage = mine((event) => this.#receive(JSON.parse(event.data)));
        socket.onclose = mine(({ code, reason }) =>
            isFinal(code) ? this.close({ code, reason }) : this.#wait(),
        );
        this.#listenForSilence();
    }

    #receive(event) {
        this.#listenForSilence();
        if (event.type === "reconnect") {
            this.#appointment = this.#options.now() + event.after_ms;
            clearTimeout(this.#retry);
            this.#retry = setTimeout(() => this.#connect(), event.after_ms);
        } else if (event.type === "welcome") {
            this.#joinedAt = this.#options.now();
            const socket = this.#socket;
            for (const queue of Object.values(this.#queues)) queue.resume((frame) => socket.send(frame));
            this.#tell("open");
        } else if (event.type === "snapshot") {
            this.#cursor = { epoch: event.epoch, seq: event.seq };
        } else if (this.#cursor && event.seq > this.#cursor.seq && event.type !== "ack") {
            this.#cursor.seq = event.seq;
        }
        if (event.ref && Object.values(this.#queues).some((queue) => queue.settle(event))) return;
        this.#options.onEvent(event);
    }

    #wait() {
        if (this.#joinedAt !== null && this.#options.now() - this.#joinedAt > STEADY) this.#attempt = 0;
        const delay = this.#delay();
        this.#drop();
        this.#tell("waiting");
        this.#retry = setTimeout(() => this.#connect(), delay);
    }

    #delay() {
        if (this.#appointment === null) return backOff(this.#attempt++, this.#options.random);
        return Math.max(0, this.#appointment - this.#options.now());
    }

    #cut(status) {
        this.#drop();
        this.#tell(status);
    }

    #drop() {
        this.#run += 1;
        this.#joinedAt = null;
        this.#appointment = null;
        clearTimeout(this.#retry);
        clearTimeout(this.#silence);
        this.#asking?.abort();
        for (const queue of Object.values(this.#queues)) queue.hold();
        this.#socket?.close();
        this.#socket = null;
    }

    #listenForSilence() {
        clearTimeout(this.#silence);
        this.#silence = setTimeout(() => this.#wait(), SILENCE);
    }

    #tell(status, why = null) {
        if (this.status === status) return;
        this.status = status;
        this.#options.onStatus(status, why);
    }
}
