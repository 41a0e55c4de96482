/* A cheap crowd: `client name=value …` opens websockets, then obeys commands on its input, one JSON line for each.
 *
 *   tickets                       everybody asks for a ticket (webinar only)
 *   join at_once=N first=0|1      everybody joins; first=1: all tickets are asked for before the clock starts
 *   run rate=N seconds=S          the senders together say N messages a second, come what may
 *   run window=N seconds=S        … keep N messages on their way, each until every viewer has it
 *   wait seconds=S                only listens
 *
 * watching=N, for a server that needs the cores more than we do: only one viewer in N of each port is read as soon as
 * something comes. All others are read once in round=MS milliseconds (200), a few at a time, so that one call takes all
 * that came for them meanwhile. Those who are watched are the senders; "every viewer has it", latencies and the time at
 * which a run ends are theirs. Everybody's deliveries, order, pings and lines that are cut count as ever: at the end of a
 * run the others are read until nothing is missing. Without it everybody is watched.
 */
#define _GNU_SOURCE
#include "load.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define MARK_SIZE 33 /* "~#" 12 digits "." 16 digits "#~" */
#define EVENTS 1024
#define PAUSE 10  /* milliseconds at most without reading of those who are not watched */
#define CLERKS 64 /* connections that ask for tickets at a time */

static Load load;

/* ---- what arrives ---- */

void load_joined(Load *load_, Socket *viewer) {
    viewer->state = JOINED;
    load_->joined++;
    if (viewer->watched) load_->watched++;
    else socket_unregister(viewer, load_->epoll);
}

static void settle(Message *message) {
    if (message->settled) return;
    message->settled = true;
    load.run.settled++;
}

static uint64_t digits(const char *at, int count) {
    uint64_t value = 0;
    for (int i = 0; i < count; i++) value = value * 10 + (uint64_t)(at[i] - '0');
    return value;
}

void load_delivered(Load *load_, Socket *viewer, const char *data, size_t size, uint64_t order) {
    const char *end = data + size, *at = data + viewer->hint;
    if (viewer->hint + MARK_SIZE > size || at[0] != '~' || at[1] != '#') at = memmem(data, size, "~#", 2);
    Run *run = &load_->run;
    uint64_t now = now_us();
    if (at != NULL) viewer->hint = (uint32_t)(at - data);
    for (; at != NULL && at + MARK_SIZE <= end; at = memmem(at, (size_t)(end - at), "~#", 2)) {
        uint32_t number = (uint32_t)digits(at + 2, 12);
        uint64_t place = order ? order : number;
        if (place <= viewer->order) run->disordered++;
        viewer->order = place;
        if (viewer->watched) {
            histogram_add(&run->latency, now - digits(at + 15, 16));
            run->latest = now;
        }
        at += MARK_SIZE;
        run->delivered++;
        if (number < run->began || number >= run->next) continue; /* another client's, or of an earlier run */
        Message *message = &load_->messages[number];
        message->delivered++;
        if (viewer->watched && ++message->watched == (uint32_t)load_->watched) settle(message);
    }
    run->bytes += size;
}

void load_acked(Load *load_, uint32_t number) {
    if (number < load_->run.began || number >= load_->run.next) return;
    load_->run.acked++;
    histogram_add(&load_->run.ack, now_us() - load_->messages[number].sent_at);
}

void load_refused(Load *load_, uint32_t number, const char *data, size_t size) {
    Run *run = &load_->run;
    if (run->refused++ == 0) snprintf(run->problem, sizeof run->problem, "%.*s", (int)size, data);
    if (number >= run->began && number < run->next) settle(&load_->messages[number]);
}

/* ---- one socket's life ---- */

static void gone(Socket *viewer, const char *words, int size) {
    if (viewer->state == JOINED) load.joined--, load.watched -= viewer->watched, load.lost++;
    else load.failed++;
    snprintf(load.last_words, sizeof load.last_words, "%.*s", size, words);
    for (char *c = load.last_words; *c; c++)
        if (*c < ' ' || *c == '"' || *c == '\\') *c = ' ';
    socket_close(viewer);
}

static int port_of(uint32_t id) { return load.wanted.ports[id % (uint32_t)load.wanted.port_count]; }

static void upgrade(Socket *viewer) {
    char request[512];
    int port = port_of(viewer->id);
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                        load.wanted.path, port, port);
    viewer->state = UPGRADING;
    socket_send(viewer, request, (size_t)size);
}

/* Whether the answer to the upgrade is all there and good; gives its size. */
static size_t upgraded(Socket *viewer, const char *data, size_t size) {
    const char *end = memmem(data, size, "\r\n\r\n", 4);
    if (end == NULL) return 0;
    if (memcmp(data, "HTTP/1.1 101", 12) != 0) {
        gone(viewer, data, 60);
        return 0;
    }
    viewer->state = OPEN;
    load.wanted.dialect->opened(&load, viewer);
    return (size_t)(end + 4 - data);
}

static void frames(Socket *viewer, const char *data, size_t size) {
    size_t used = 0;
    if (viewer->state == UPGRADING) used = upgraded(viewer, data, size);
    while (viewer->state == OPEN || viewer->state == JOINED) {
        int opcode;
        const char *payload;
        size_t length, whole = frame_at(data + used, size - used, &opcode, &payload, &length);
        if (whole == 0) break;
        used += whole;
        if (opcode == 8) {
            char words[64];
            int code = length >= 2 ? (unsigned char)payload[0] << 8 | (unsigned char)payload[1] : 1005;
            gone(viewer, words, snprintf(words, sizeof words, "closed %d %.*s", code, (int)length - 2, payload + 2));
        } else if (opcode == 9) {
            socket_frame(viewer, 10, payload, length);
        } else if (opcode <= 2) {
            load.wanted.dialect->frame(&load, viewer, payload, length);
        }
    }
    if (viewer->state != CLOSED) socket_keep(viewer, data + used, size - used);
}

/* Reads once; gives whether there may be more. */
static bool take(Socket *viewer) {
    char *data;
    ssize_t size = socket_read(viewer, &data);
    if (size < 0) gone(viewer, "the line is cut", 15);
    else if (size > 0) frames(viewer, data, (size_t)size);
    return size > 0 && viewer->state != CLOSED;
}

static void drain(Socket *viewer) {
    while (take(viewer)) continue;
}

/* ---- those who are not watched ---- */

static bool in_rounds(const Socket *viewer) { return viewer->state == JOINED && !viewer->watched; }

/* Reads as many of them as are due by now. */
static void go_on_with_round(void) {
    static uint64_t latest;
    static int next;
    int viewers = load.wanted.viewers;
    uint64_t now = now_us();
    double due = (double)(now - latest) / 1000 / load.wanted.round * viewers;
    if (due < 1) return;
    latest = now;
    for (int left = due < viewers ? (int)due : viewers; left > 0; left--) {
        Socket *viewer = &load.viewers[next];
        next = (next + 1) % viewers;
        if (!in_rounds(viewer)) continue;
        socket_flush(viewer);
        take(viewer);
    }
}

static void drain_others(void) {
    for (int i = 0; i < load.wanted.viewers; i++)
        if (in_rounds(&load.viewers[i])) drain(&load.viewers[i]);
}

/* The k-th of those who are watched; in the room's order they are the last of every so many, and so among the last of all. */
static uint32_t watched_at(uint32_t k) {
    uint32_t ports = (uint32_t)load.wanted.port_count, watching = (uint32_t)load.wanted.watching;
    return (k / ports * watching + watching - 1) * ports + k % ports;
}

/* ---- tickets ---- */

typedef struct {
    Socket socket;
    int asking; /* for which viewer; -1: for nobody */
} Clerk;

static Clerk *clerks;
static int clerk_count, next_viewer, tickets;
static bool tickets_first;

static void ask(Clerk *clerk) {
    clerk->asking = next_viewer < load.wanted.viewers ? next_viewer++ : -1;
    if (clerk->asking < 0) return;
    char request[700];
    int port = port_of((uint32_t)clerk->asking);
    int size = snprintf(request, sizeof request,
                        "POST /api/v1/webinars/%s/ticket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                        "Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\nAuthorization: Bearer %s\r\n"
                        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                        load.wanted.webinar, port, port, load.wanted.tokens[clerk->asking]);
    socket_send(&clerk->socket, request, (size_t)size);
}

static void answered(Clerk *clerk, const char *data, size_t size) {
    const char *body = memmem(data, size, "\r\n\r\n", 4);
    const char *at = body ? memmem(body, size - (size_t)(body - data), "\"ticket\":\"", 10) : NULL;
    const char *end = at ? memchr(at + 10, '"', size - (size_t)(at + 10 - data)) : NULL;
    Socket *viewer = &load.viewers[clerk->asking];
    if (end != NULL) {
        snprintf(viewer->ticket, sizeof viewer->ticket, "%.*s", (int)(end - at - 10), at + 10);
        tickets++;
        if (!tickets_first) socket_open(viewer, load.epoll, port_of(viewer->id), viewer);
    } else if (memcmp(data, "HTTP/1.1 200", size < 12 ? size : 12) == 0) {
        socket_keep(&clerk->socket, data, size);
        return;
    } else {
        gone(viewer, data, 60);
        tickets++;
    }
    ask(clerk);
}

static void serve_clerk(Clerk *clerk) {
    char *data;
    ssize_t size;
    while (clerk->socket.state == ASKING && (size = socket_read(&clerk->socket, &data)) != 0) {
        if (size > 0) {
            answered(clerk, data, (size_t)size);
            continue;
        }
        if (clerk->asking >= 0) gone(&load.viewers[clerk->asking], "the ticket's line is cut", 24);
        socket_close(&clerk->socket);
    }
}

/* ---- the loop ---- */

static void turn(int milliseconds) {
    static struct epoll_event events[EVENTS];
    if (load.joined > load.watched && milliseconds > PAUSE) milliseconds = PAUSE;
    int count = epoll_wait(load.epoll, events, EVENTS, milliseconds);
    for (int i = 0; i < count; i++) {
        Socket *socket = events[i].data.ptr; /* a Clerk begins with its Socket */
        bool clerk = clerks != NULL && (Clerk *)socket >= clerks && (Clerk *)socket < clerks + clerk_count;
        if (socket->state == CLOSED) continue;
        if (socket->state == CONNECTING && events[i].events & EPOLLOUT) {
            if (clerk) socket->state = ASKING, ask((Clerk *)socket);
            else upgrade(socket);
        }
        if (events[i].events & EPOLLOUT) socket_flush(socket);
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
            if (clerk) serve_clerk((Clerk *)socket);
            else drain(socket);
        }
    }
    if (load.joined > load.watched) go_on_with_round();
}

static double option(const char *line, const char *name, double otherwise) {
    const char *found = strstr(line, name);
    return found ? atof(found + strlen(name)) : otherwise;
}

static bool lost_patience(uint64_t since, uint64_t limit) { return now_us() - since > limit; }

static uint64_t patience(void) { return (uint64_t)(load.wanted.patience * 1e6); }

static void fetch_tickets(void) {
    clerk_count = CLERKS;
    clerks = calloc((size_t)clerk_count, sizeof *clerks);
    for (int i = 0; i < clerk_count; i++) {
        clerks[i].asking = -1;
        socket_open(&clerks[i].socket, load.epoll, port_of((uint32_t)i), &clerks[i]);
    }
    uint64_t began = now_us();
    while (tickets_first && tickets < load.wanted.viewers && !lost_patience(began, 120000000)) turn(100);
}

/* Everybody at once, `at_once` connections at a time; the wait of each counts from the beginning of the storm. */
static void join(const char *line) {
    int at_once = (int)option(line, "at_once=", 256), opened = 0, before = 0;
    tickets_first = option(line, "first=", 1) > 0;
    uint64_t asked = now_us();
    if (load.wanted.tokens && clerks == NULL) fetch_tickets();
    double ticket_seconds = (double)(now_us() - asked) / 1e6;
    bool by_clerk = load.wanted.tokens && !tickets_first;
    uint64_t began = now_us(), latest = began;
    Histogram waits = {0};
    while (load.joined + load.failed < load.wanted.viewers && !lost_patience(latest, 30000000)) {
        while (!by_clerk && opened < load.wanted.viewers && opened - load.joined - load.failed < at_once) {
            Socket *viewer = &load.viewers[opened++];
            if (load.wanted.tokens && !viewer->ticket[0]) continue;
            socket_open(viewer, load.epoll, port_of(viewer->id), viewer);
        }
        turn(100);
        for (; before < load.joined; before++) histogram_add(&waits, (latest = now_us()) - began);
    }
    for (int i = 0; i < clerk_count; i++) socket_close(&clerks[i].socket);
    double seconds = (double)(latest - began) / 1e6;
    printf("{\"joined\":%d,\"failed\":%d,\"seconds\":%.3f,\"ticket_seconds\":%.3f,\"wait_p50\":%.1f,\"wait_p99\":%.1f,"
           "\"wait_max\":%.1f,\"last_words\":\"%s\"}\n",
           load.joined, load.failed, seconds, ticket_seconds, histogram_ms(&waits, .5), histogram_ms(&waits, .99),
           (double)waits.largest / 1000, load.last_words);
}

static void say(void) {
    Run *run = &load.run;
    uint32_t number = run->next++;
    if (run->next >= MESSAGES) exit(3);
    Socket *sender = &load.viewers[watched_at(number % (uint32_t)load.wanted.senders)];
    Message *message = &load.messages[number];
    *message = (Message){.sent_at = now_us()};
    if (sender->state != JOINED) {
        settle(message);
        run->refused++;
        return;
    }
    char mark[40];
    snprintf(mark, sizeof mark, "~#%012u.%016llu#~", number, (unsigned long long)message->sent_at);
    load.wanted.dialect->say(&load, sender, number, mark);
}

static double processor_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* How many deliveries of the run are due to everybody, and how many of those did not come. */
static int64_t expected_and_missing(int64_t *missing) {
    Run *run = &load.run;
    int64_t expected = 0, came = 0;
    for (uint32_t number = run->began; number < run->next; number++) {
        Message *message = &load.messages[number];
        if (!message->settled || message->delivered) expected += load.joined;
        came += message->delivered;
    }
    *missing = expected - came;
    return expected;
}

/* Whatever those who are not watched have got of the run, or still get. */
static void wait_for_others(void) {
    int64_t missing = 1;
    uint64_t since = now_us();
    while (load.joined > load.watched && missing > 0 && !lost_patience(since, patience())) {
        uint64_t had = load.run.delivered;
        drain_others();
        expected_and_missing(&missing);
        if (load.run.delivered > had) since = now_us();
        if (missing > 0) turn(1);
    }
}

static void speak(double rate, double window, double seconds) {
    Run *run = &load.run;
    uint64_t began = now_us(), end = began + (uint64_t)(seconds * 1e6);
    uint64_t pause = rate > 0 ? (uint64_t)(1e6 / rate) : 0, due = began;
    for (uint64_t now = began; now < end; now = now_us()) {
        int sleep = (int)((end - now) / 1000) + 1;
        if (pause) {
            for (; due <= now && due < end; due += pause) say();
            if ((due - now) / 1000 < (uint64_t)sleep) sleep = (int)((due - now + 999) / 1000);
        }
        while (window > 0 && run->next - run->began - run->settled < (uint32_t)window && now_us() < end) say();
        turn(sleep);
    }
    for (; pause && due < end; due += pause) say(); /* what was due while the machine was elsewhere */
    run->latest = now_us();
    while (run->settled < run->next - run->began && !lost_patience(run->latest, patience())) turn(100);
    wait_for_others();
}

static void report(double seconds, double used) {
    Run *run = &load.run;
    uint64_t said = run->next - run->began;
    int64_t missing, expected = expected_and_missing(&missing);
    for (char *c = run->problem; *c; c++)
        if (*c == '"' || *c == '\\') *c = '\'';
    printf("{\"seconds\":%.6f,\"said\":%llu,\"refused\":%llu,\"delivered\":%llu,\"expected\":%lld,\"lost\":%lld,"
           "\"disordered\":%llu,\"cut_off\":%d,\"bytes\":%llu,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f,\"acked\":%llu,"
           "\"ack_p50\":%.3f,\"ack_p99\":%.3f,\"ack_max\":%.3f,\"client_seconds\":%.3f,\"problem\":\"%s\","
           "\"last_words\":\"%s\",\"latencies\":",
           seconds, (unsigned long long)said, (unsigned long long)run->refused, (unsigned long long)run->delivered,
           (long long)expected, (long long)missing, (unsigned long long)run->disordered, load.lost,
           (unsigned long long)run->bytes, histogram_ms(&run->latency, .5), histogram_ms(&run->latency, .99),
           (double)run->latency.largest / 1000, (unsigned long long)run->acked, histogram_ms(&run->ack, .5),
           histogram_ms(&run->ack, .99), (double)run->ack.largest / 1000, used, run->problem, load.last_words);
    histogram_print(&run->latency);
    printf("}\n");
}

static void ask_for_tickets(void) {
    uint64_t began = now_us();
    tickets_first = true;
    fetch_tickets();
    printf("{\"tickets\":%d,\"failed\":%d,\"seconds\":%.3f}\n", tickets - load.failed, load.failed,
           (double)(now_us() - began) / 1e6);
}

static void obey(const char *line) {
    if (strncmp(line, "tickets", 7) == 0) {
        ask_for_tickets();
        return;
    }
    if (strncmp(line, "join", 4) == 0) {
        join(line);
        return;
    }
    uint32_t next = load.run.next ? load.run.next : 1;
    load.run = (Run){.began = next, .next = next};
    uint64_t began = now_us();
    double before = processor_seconds(), seconds = option(line, "seconds=", 1);
    speak(option(line, "rate=", 0), option(line, "window=", 0), seconds);
    /* What comes within the time of the last deliveries belongs to the run; silence at its end does not. */
    uint64_t end = load.run.latest > began ? load.run.latest : now_us();
    report((double)(end - began) / 1e6, processor_seconds() - before);
}

static void read_tokens(const char *path, int skip, int count) {
    FILE *file = fopen(path, "r");
    load.wanted.tokens = calloc((size_t)count, sizeof *load.wanted.tokens);
    for (int i = -skip; file != NULL && i < count; i++)
        if (fscanf(file, "%63s", load.wanted.tokens[i < 0 ? 0 : i]) != 1) fprintf(stderr, "too few tokens\n"), exit(2);
    if (file == NULL) perror(path), exit(2);
    fclose(file);
}

static void read_options(int count, char **options) {
    Wanted *wanted = &load.wanted;
    *wanted = (Wanted){.path = "/", .viewers = 1, .senders = 1, .size = 100, .patience = 5, .watching = 1, .round = 200};
    const char *tokens = NULL;
    int skip = 0;
    for (int i = 1; i < count; i++) {
        char *value = strchr(options[i], '=');
        if (value == NULL) fprintf(stderr, "what is %s?\n", options[i]), exit(2);
        *value++ = 0;
        const char *name = options[i];
        if (!strcmp(name, "dialect")) wanted->dialect = dialect_named(value);
        else if (!strcmp(name, "port") && wanted->port_count < PORTS) wanted->ports[wanted->port_count++] = atoi(value);
        else if (!strcmp(name, "path")) wanted->path = value;
        else if (!strcmp(name, "webinar")) wanted->webinar = value;
        else if (!strcmp(name, "tokens")) tokens = value;
        else if (!strcmp(name, "skip")) skip = atoi(value);
        else if (!strcmp(name, "buffer")) receive_buffer = atoi(value);
        else if (!strcmp(name, "patience")) wanted->patience = atof(value);
        else if (!strcmp(name, "viewers")) wanted->viewers = atoi(value);
        else if (!strcmp(name, "senders")) wanted->senders = atoi(value);
        else if (!strcmp(name, "size")) wanted->size = atoi(value);
        else if (!strcmp(name, "watching")) wanted->watching = atoi(value);
        else if (!strcmp(name, "round")) wanted->round = atof(value);
    }
    if (wanted->dialect == NULL || wanted->port_count == 0) fprintf(stderr, "dialect= and port= are needed\n"), exit(2);
    if (wanted->watching < 1 || wanted->round <= 0) fprintf(stderr, "watching= and round= are above 0\n"), exit(2);
    if (watched_at((uint32_t)wanted->senders - 1) >= (uint32_t)wanted->viewers)
        fprintf(stderr, "so few are watched that they can't be %d senders\n", wanted->senders), exit(2);
    if (tokens) read_tokens(tokens, skip, wanted->viewers);
}

int main(int count, char **options) {
    char line[256];
    setvbuf(stdout, NULL, _IOLBF, 0);
    read_options(count, options);
    load.epoll = epoll_create1(EPOLL_CLOEXEC);
    load.viewers = calloc((size_t)load.wanted.viewers, sizeof *load.viewers);
    load.messages = calloc(MESSAGES, sizeof *load.messages);
    for (int i = 0; i < load.wanted.viewers; i++) {
        uint32_t in_port = (uint32_t)(i / load.wanted.port_count), watching = (uint32_t)load.wanted.watching;
        load.viewers[i].id = (uint32_t)i;
        load.viewers[i].watched = in_port % watching == watching - 1;
    }
    fcntl(0, F_SETFL, O_NONBLOCK);
    for (size_t have = 0;;) {
        ssize_t got = read(0, line + have, 1);
        if (got == 0) return 0; /* whoever started this is gone */
        if (got < 0) turn(10);
        else if (line[have] == '\n') line[have] = 0, have = 0, obey(line);
        else if (have < sizeof line - 2) have++;
    }
}
