// Peer: Socket.IO, `io.emit` to everybody, websockets only, deflate off (its default).
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => socket.on("m", (message) => io.emit("m", message)));
http.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 2048 });
