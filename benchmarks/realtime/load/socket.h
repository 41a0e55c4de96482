/* Non-blocking TCP connections that speak HTTP/1.1 and then RFC 6455, in one epoll loop. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef enum { CLOSED, CONNECTING, UPGRADING, OPEN, JOINED, ASKING } State;

/* One connection: a viewer's websocket, or (ASKING) a kept-alive connection that fetches tickets. */
typedef struct {
    int fd;
    State state;
    uint32_t id;         /* its place in its table */
    uint32_t left_size;  /* bytes of an unfinished frame or answer, kept in `left` */
    uint32_t queued;     /* bytes the kernel did not take yet, kept in `out` */
    uint32_t hint;       /* where the mark stood in the last message */
    bool watched;        /* read as soon as something comes, else in rounds (see `Wanted`) */
    char *left, *out;
    uint64_t order;      /* the highest place in the order that it has seen */
    char ticket[64];
} Socket;

/* Bytes of the kernel's receive buffer of each connection; 0 leaves it to the kernel. */
extern int receive_buffer;

/* Begins to connect to 127.0.0.1:`port` and registers with `epoll`; `tag` comes back with its events. */
void socket_open(Socket *socket, int epoll, int port, void *tag);

/* From now on nothing tells that something came: whoever wants to know has to read. */
void socket_unregister(Socket *socket, int epoll);

void socket_close(Socket *socket);

/* Sends bytes as they are; what the kernel does not take waits for `socket_flush`. */
void socket_send(Socket *socket, const char *data, size_t size);

void socket_flush(Socket *socket);

/* Sends one masked frame: opcode 1 is text, 2 binary, 10 pong. */
void socket_frame(Socket *socket, int opcode, const char *data, size_t size);

/* Reads what is there behind what was left over. Gives the bytes in a buffer shared by all, or 0 when nothing came;
 * -1 means that the peer is gone. */
ssize_t socket_read(Socket *socket, char **data);

/* Keeps the last `size` bytes for the next read. */
void socket_keep(Socket *socket, const char *data, size_t size);

/* The next whole frame in `data`; gives its whole size, or 0 when it is not all there. */
size_t frame_at(const char *data, size_t size, int *opcode, const char **payload, size_t *length);
