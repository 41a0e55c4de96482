/* What the parts of the load client share. */
#pragma once
#include "socket.h"
#include "tally.h"

#define MESSAGES (1 << 22) /* numbers a client can give out in its life */
#define PORTS 8

typedef struct Dialect Dialect;

/* What is asked for on the command line as name=value. */
typedef struct {
    const Dialect *dialect;
    int ports[PORTS], port_count; /* viewers take them in turns */
    const char *path;             /* of the websocket */
    const char *webinar;          /* the product's: its id */
    char (*tokens)[64];           /* the product's: a session for each viewer */
    int viewers, senders, size;   /* `size`: bytes of a message that a sender sends */
    double patience;              /* seconds without a delivery after which what is missing counts as lost */
    int watching;                 /* one viewer in so many of each port is watched: read as soon as something comes */
    double round;                 /* milliseconds in which all others are read once */
} Wanted;

/* One message on its way: when it was sent, and how many of the viewers, and of those who are watched, have it. */
typedef struct {
    uint64_t sent_at;
    uint32_t delivered, watched;
    bool settled; /* delivered to all who are watched, or refused */
} Message;

/* What a run came to. `began` is where its numbers start. Latencies and `latest` are of those who are watched. */
typedef struct {
    uint64_t delivered, bytes, disordered, refused, acked, settled;
    uint32_t began, next;
    uint64_t latest; /* when the latest delivery came */
    Histogram latency, ack;
    char problem[200]; /* the first refusal, as it came */
} Run;

typedef struct {
    Wanted wanted;
    int epoll;
    Socket *viewers;
    Message *messages;
    Run run;
    int joined, watched, lost, failed; /* `watched`: how many of those who joined are */
    char last_words[128]; /* the close frame or answer of the latest that was lost or failed */
} Load;

/* How one kind of server is joined, told something, and listened to. */
struct Dialect {
    const char *name;
    bool ordered_by_seq;                                       /* by the room's `seq`, else by message number */
    void (*opened)(Load *, Socket *);                          /* the upgrade is through */
    void (*frame)(Load *, Socket *, const char *, size_t);     /* a text or binary frame came */
    void (*say)(Load *, Socket *, uint32_t, const char *mark); /* send message number so-and-so */
};

const Dialect *dialect_named(const char *name);

/* A viewer is in: from now on it counts. */
void load_joined(Load *load, Socket *viewer);

/* Every mark in `data` is a delivery; `order` is the place in the room's order, or 0 to use the message's number. */
void load_delivered(Load *load, Socket *viewer, const char *data, size_t size, uint64_t order);

void load_acked(Load *load, uint32_t number);
void load_refused(Load *load, uint32_t number, const char *data, size_t size);
