/**
 * A page's room: one socket, one store, and the islands that show them.
 *
 * The page says in `<script type="application/json" id="room-config">` where and as whom to join:
 * `{ ticket: "/api/v1/webinars/…/ticket", role: "host" | null, token: "" | bearer, webinar: {…} | null }`.
 * Every `RoomElement` on it finds its room by itself and is drawn again whenever something changed.
 */

import { LitElement } from "../../vendor/lit.mjs";
import { DESTROYED } from "./ending.js";
import { RoomStore } from "./room-store.js";
import { RoomSocket, ticketFrom } from "./socket.js";

export class Room extends EventTarget {
    /** Why the socket stays closed: { code, reason }, or null. */
    why = null;

    constructor(config) {
        super();
        this.config = config;
        this.store = new RoomStore();
        this.socket = new RoomSocket({
            url: new URL("/live", location.href).href.replace(/^http/, "ws"),
            getTicket: ticketFrom(config.ticket, { role: config.role, token: () => config.token }),
            onEvent: (event) => this.store.apply(event),
            onStatus: (_status, why) => {
                this.why = why;
                if (DESTROYED.has(why?.code)) this.store.forget();
                this.#changed();
            },
        });
        this.store.subscribe(() => this.#changed());
    }

    get state() {
        return this.store.state;
    }

    get status() {
        return this.socket.status;
    }

    get isHost() {
        return this.config.role === "host";
    }

    /** What the room shows of the webinar: from the page until the socket says more. */
    get webinar() {
        return this.state.webinar ?? this.config.webinar;
    }

    /** Sends a command; resolves with its ack, rejects with a CommandError. */
    send(type, fields) {
        return this.socket.send(type, fields);
    }

    /** Says something in the chat: it shows at once, and tells by itself when it was refused. */
    say(body, client_id = crypto.randomUUID()) {
        this.store.expect(client_id, body);
        return this.send("chat.send", { client_id, body }).catch(({ reason }) => this.store.refuse(client_id, reason));
    }

    #changed() {
        this.dispatchEvent(new Event("change"));
    }
}

let room = null;

/** The page's one room; opened by the first island that asks. */
export function theRoom() {
    if (!room) {
        const config = document.getElementById("room-config");
        room = new Room(JSON.parse(config.textContent));
        room.socket.open();
        window.addEventListener("pagehide", () => room.socket.close());
        // The browser may show the page again as it was left.
        window.addEventListener("pageshow", ({ persisted }) => persisted && room.socket.open());
    }
    return room;
}

/** An island of a room, in the page's own styles. Use `this.room` in `render`. */
export class RoomElement extends LitElement {
    #draw = () => this.requestUpdate();

    constructor() {
        super();
        this.room = theRoom();
    }

    createRenderRoot() {
        return this;
    }

    connectedCallback() {
        super.connectedCallback();
        this.room.addEventListener("change", this.#draw);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.room.removeEventListener("change", this.#draw);
    }
}
