// Peer: Bun, its own publish to a topic (µWebSockets inside), deflate off (its default).
const server = Bun.serve({
    hostname: "127.0.0.1",
    port: Number(process.argv[2]),
    fetch(request, server) {
        return server.upgrade(request) ? undefined : new Response("", { status: 400 });
    },
    websocket: {
        open(socket) {
            socket.subscribe("room");
        },
        message(socket, message) {
            server.publish("room", message);
        },
    },
});
