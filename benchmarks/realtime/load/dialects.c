/* The protocols of the servers that are compared. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool starts(const char *data, size_t size, const char *with) {
    size_t length = strlen(with);
    return size >= length && memcmp(data, with, length) == 0;
}

static void text(Socket *socket, const char *data) { socket_frame(socket, 1, data, strlen(data)); }

/* The mark, filled up to the size that is asked for: the words of no event matter here. */
static int fill(const Load *load, char *into, const char *before, const char *mark, const char *after) {
    int used = snprintf(into, 4096, "%s%s", before, mark);
    int wanted = load->wanted.size - (int)strlen(after);
    while (used < wanted && used < 4000) into[used++] = 'x';
    return used + snprintf(into + used, 16, "%s", after);
}

/* Plain: whatever is said comes back to everybody as it is. */
static void plain_opened(Load *load, Socket *viewer) { load_joined(load, viewer); }

static void plain_frame(Load *load, Socket *viewer, const char *data, size_t size) {
    load_delivered(load, viewer, data, size, 0);
}

static void plain_say(Load *load, Socket *viewer, uint32_t number, const char *mark) {
    char message[4200];
    (void)number;
    socket_frame(viewer, 1, message, (size_t)fill(load, message, "", mark, ""));
}

/* Socket.IO 4: Engine.IO packets of version 4, one event called "m". */
static void socketio_opened(Load *load, Socket *viewer) {
    (void)load;
    (void)viewer; /* the server speaks first */
}

static void socketio_frame(Load *load, Socket *viewer, const char *data, size_t size) {
    if (starts(data, size, "42")) load_delivered(load, viewer, data, size, 0);
    else if (starts(data, size, "40")) load_joined(load, viewer);
    else if (starts(data, size, "0{")) text(viewer, "40");
    else if (starts(data, size, "2")) text(viewer, "3");
}

static void socketio_say(Load *load, Socket *viewer, uint32_t number, const char *mark) {
    char message[4200];
    (void)number;
    socket_frame(viewer, 1, message, (size_t)fill(load, message, "42[\"m\",\"", mark, "\"]"));
}

/* NATS: its own lines inside binary frames. */
static void nats_opened(Load *load, Socket *viewer) {
    static const char hello[] = "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"c\",\"version\":\"1\","
                                "\"protocol\":1}\r\nSUB room 1\r\nPING\r\n";
    (void)load;
    socket_frame(viewer, 2, hello, sizeof hello - 1);
}

static void nats_frame(Load *load, Socket *viewer, const char *data, size_t size) {
    if (viewer->state == OPEN && memmem(data, size, "PONG\r\n", 6)) load_joined(load, viewer);
    else if (starts(data, size, "PING")) socket_frame(viewer, 2, "PONG\r\n", 6);
    load_delivered(load, viewer, data, size, 0);
}

static void nats_say(Load *load, Socket *viewer, uint32_t number, const char *mark) {
    char body[4200], message[4300];
    (void)number;
    int size = fill(load, body, "", mark, "");
    int whole = snprintf(message, sizeof message, "PUB room %d\r\n%.*s\r\n", size, size, body);
    socket_frame(viewer, 2, message, (size_t)whole);
}

/* Webinar: `hello` with a ticket; then events, of which `you.changed` ends the welcome. */
static void webinar_opened(Load *load, Socket *viewer) {
    char hello[160];
    (void)load;
    snprintf(hello, sizeof hello, "{\"type\":\"hello\",\"ticket\":\"%s\"}", viewer->ticket);
    text(viewer, hello);
}

/* The number behind `name` in an event; `digits` of base 16 or 10. */
static uint64_t number_after(const char *data, size_t size, const char *name, int base) {
    const char *found = memmem(data, size, name, strlen(name));
    return found ? strtoull(found + strlen(name), NULL, base) : 0;
}

#define OWN_ID "00000000-0000-4000-8000-"

static void webinar_frame(Load *load, Socket *viewer, const char *data, size_t size) {
    static const char head[] = "{\"type\":\"";
    if (!starts(data, size, head)) return;
    const char *kind = data + sizeof head - 1;
    size_t rest = size - (sizeof head - 1);
    if (starts(kind, rest, "chat.posted\"")) {
        load_delivered(load, viewer, data, size, number_after(data, size < 60 ? size : 60, "\"seq\":", 10));
    } else if (starts(kind, rest, "ack\"")) {
        load_acked(load, (uint32_t)number_after(data, size, "\"ref\":\"" OWN_ID, 16));
    } else if (starts(kind, rest, "error\"")) {
        load_refused(load, (uint32_t)number_after(data, size, "\"ref\":\"" OWN_ID, 16), data, size);
    } else if (viewer->state == OPEN && starts(kind, rest, "you.changed\"")) {
        load_joined(load, viewer);
    }
}

static void webinar_say(Load *load, Socket *viewer, uint32_t number, const char *mark) {
    char message[4200], before[160];
    snprintf(before, sizeof before,
             "{\"type\":\"chat.send\",\"client_id\":\"" OWN_ID "%012x\",\"body\":\"Good evening from Rotterdam ", number);
    socket_frame(viewer, 1, message, (size_t)fill(load, message, before, mark, "\"}"));
}

static const Dialect dialects[] = {
    {"plain", false, plain_opened, plain_frame, plain_say},
    {"socketio", false, socketio_opened, socketio_frame, socketio_say},
    {"nats", false, nats_opened, nats_frame, nats_say},
    {"webinar", true, webinar_opened, webinar_frame, webinar_say},
};

const Dialect *dialect_named(const char *name) {
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (strcmp(dialects[i].name, name) == 0) return &dialects[i];
    fprintf(stderr, "no dialect called %s\n", name);
    exit(2);
}
