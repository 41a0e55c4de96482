// Peer: `ws`, the usual broadcast loop, deflate off (its default).
const { WebSocketServer, WebSocket } = require("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 2048 });
server.on("connection", (socket) => {
    socket.on("error", () => {});
    socket.on("message", (message) => {
        for (const other of server.clients) {
            if (other.readyState === WebSocket.OPEN) other.send(message, { binary: false });
        }
    });
});
