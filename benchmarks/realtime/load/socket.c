#include "socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROOM (4 << 20)

int receive_buffer = 0;
static char shared[ROOM];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

void socket_open(Socket *socket_, int epoll, int port, void *tag) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (receive_buffer) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) fail("connect");
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = tag};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
    socket_->fd = fd;
    socket_->state = CONNECTING;
}

void socket_unregister(Socket *socket, int epoll) {
    if (epoll_ctl(epoll, EPOLL_CTL_DEL, socket->fd, NULL) < 0) fail("epoll_ctl");
}

void socket_close(Socket *socket) {
    if (socket->state == CLOSED) return;
    close(socket->fd);
    free(socket->left);
    free(socket->out);
    socket->left = socket->out = NULL;
    socket->left_size = socket->queued = 0;
    socket->state = CLOSED;
}

void socket_send(Socket *socket, const char *data, size_t size) {
    ssize_t sent = 0;
    if (socket->queued == 0) {
        sent = send(socket->fd, data, size, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno != EAGAIN && errno != EWOULDBLOCK) return; /* the read side will tell */
            sent = 0;
        }
    }
    size_t rest = size - (size_t)sent;
    if (rest == 0) return;
    socket->out = realloc(socket->out, socket->queued + rest);
    memcpy(socket->out + socket->queued, data + sent, rest);
    socket->queued += (uint32_t)rest;
}

void socket_flush(Socket *socket) {
    if (socket->queued == 0) return;
    ssize_t sent = send(socket->fd, socket->out, socket->queued, MSG_NOSIGNAL);
    if (sent <= 0) return;
    socket->queued -= (uint32_t)sent;
    memmove(socket->out, socket->out + sent, socket->queued);
}

void socket_frame(Socket *socket, int opcode, const char *data, size_t size) {
    static const unsigned char mask[4] = {0x5a, 0x31, 0xc7, 0x0e};
    unsigned char frame[4096 + 8];
    if (size > 4096) fail("frame too large");
    size_t head = 2;
    frame[0] = (unsigned char)(0x80 | opcode);
    frame[1] = (unsigned char)(0x80 | (size < 126 ? size : 126));
    if (size >= 126) {
        frame[head++] = (unsigned char)(size >> 8);
        frame[head++] = (unsigned char)size;
    }
    memcpy(frame + head, mask, 4);
    head += 4;
    for (size_t i = 0; i < size; i++) frame[head + i] = (unsigned char)data[i] ^ mask[i & 3];
    socket_send(socket, (char *)frame, head + size);
}

ssize_t socket_read(Socket *socket, char **data) {
    size_t kept = socket->left_size;
    if (kept > 0) memcpy(shared, socket->left, kept);
    ssize_t got = recv(socket->fd, shared + kept, ROOM - kept, 0);
    *data = shared;
    if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
    if (got == 0) return -1;
    free(socket->left);
    socket->left = NULL;
    socket->left_size = 0;
    return (ssize_t)kept + got;
}

void socket_keep(Socket *socket, const char *data, size_t size) {
    if (size == 0) return;
    socket->left = malloc(size);
    memcpy(socket->left, data, size);
    socket->left_size = (uint32_t)size;
}

size_t frame_at(const char *data, size_t size, int *opcode, const char **payload, size_t *length) {
    const unsigned char *bytes = (const unsigned char *)data;
    if (size < 2) return 0;
    size_t head = 2, body = bytes[1] & 127;
    if (body == 126) {
        if (size < 4) return 0;
        body = (size_t)bytes[2] << 8 | bytes[3];
        head = 4;
    } else if (body == 127) {
        if (size < 10) return 0;
        body = 0;
        for (int i = 2; i < 10; i++) body = body << 8 | bytes[i];
        head = 10;
    }
    if (body > ROOM / 2) {
        fprintf(stderr, "a frame of %zu bytes: the stream is out of step\n", body);
        exit(1);
    }
    if (size < head + body) return 0;
    *opcode = bytes[0] & 15;
    *payload = data + head;
    *length = body;
    return head + body;
}
