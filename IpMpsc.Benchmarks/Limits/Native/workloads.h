/*
 * The workloads of the rings in C, as a program. Whoever includes this has defined:
 *
 *   struct ring       with the members pages and capacity
 *   HEADER, DATA      bytes before the payload of a record, and before the records of a mapping
 *   open_ring()       maps a ring
 *   claim(), commit() a message, which is copied in between
 *   send_batch()      several messages of one length, with one claim
 *   next(), done()    the next payload, and that it has been read
 */
#ifndef WORKLOADS_H
#define WORKLOADS_H

#include "ring.h"

enum { BLOCK = 64 };

/* A function of its own: in one that runs once, as main() and what is inlined there, gcc sometimes copies a message by a slow string instruction. */
#define LOOP static __attribute__((noinline, hot))

static struct ring there, back; /* a stream has the first alone */

/* ---- messages ---- */

struct tick { int64_t sender, number; double bid, ask; int64_t bid_size, ask_size, venue, check; };
struct ping { int64_t sender, number, copy, check; };
struct line { int64_t number, ticks; int32_t level; char text[]; } __attribute__((packed));

static struct { char *text; long length; } texts[64];
static long text_count;

static void load_texts(const char *path)
{
    static char all[1 << 16];
    FILE *file = fopen(path, "r");
    if (!file)
        fail("%s cannot be read", path);
    all[fread(all, 1, sizeof all - 1, file)] = 0;
    fclose(file);
    text_count = 0;
    for (char *text = strtok(all, "\n"); text; text = strtok(NULL, "\n")) {
        texts[text_count].text = text;
        texts[text_count++].length = strlen(text);
    }
}

INLINE void stamp(char *payload, long size, int64_t number)
{
    memcpy(payload, &number, sizeof number);
    memcpy(payload + size - sizeof number, &number, sizeof number);
}

/* ---- streams ---- */

INLINE void send(struct ring *ring, const void *message, int32_t length)
{
    struct claim claimed = claim(ring, size_of(length));
    memcpy(claimed.record + HEADER, message, length);
    commit(ring, claimed, length);
}

LOOP void send_ticks(const struct job *job)
{
    static struct tick supply[BLOCK]; /* filled before they are sent, as in every contender */
    for (int index = 0; index < BLOCK; index++)
        supply[index] = (struct tick){ job->sender, 0, 1.25, 1.5, 100, 200, 7, 0 };
    for (long first = 0; first < job->count; first += BLOCK) {
        long count = job->count - first < BLOCK ? job->count - first : BLOCK;
        for (long index = 0; index < count; index++) {
            supply[index].number = first + index;
            supply[index].check = ~(first + index);
        }
        __asm__ volatile("" ::: "memory"); /* otherwise the compiler would fill the ring directly and copy nothing */
        if (job->batch == 1) {
            for (long index = 0; index < count; index++)
                send(&there, &supply[index], sizeof(struct tick));
        } else {
            send_batch(&there, (const char *)supply, sizeof(struct tick), count);
        }
    }
}

static long next_number[1024], heard;

INLINE void receive_tick(const struct job *job)
{
    int32_t length;
    const struct tick *tick = (const struct tick *)next(&there, &length);
    if (length != sizeof *tick || (uint64_t)tick->sender >= (uint64_t)job->senders || tick->check != ~tick->number
            || tick->number != next_number[tick->sender]++)
        fail("a message arrived damaged, twice or out of order");
    heard += tick->number == 0;
    done(&there, length);
}

LOOP void send_lines(const struct job *job)
{
    for (long number = 0; number < job->count; number++) {
        long index = number % text_count;
        int32_t length = sizeof(struct line) + texts[index].length;
        struct claim claimed = claim(&there, size_of(length));
        struct line *line = (struct line *)(claimed.record + HEADER);
        line->number = line->ticks = number;
        line->level = 2;
        memcpy(line->text, texts[index].text, texts[index].length);
        commit(&there, claimed, length);
    }
}

INLINE void receive_line(long number)
{
    int32_t length;
    const struct line *line = (const struct line *)next(&there, &length);
    long index = number % text_count;
    if (length != (int32_t)sizeof *line + texts[index].length || line->number != number
            || memcmp(line->text, texts[index].text, texts[index].length))
        fail("line %ld arrived damaged or out of order", number);
    done(&there, length);
}

LOOP void send_payloads(const struct job *job)
{
    char *payload = calloc(1, job->size);
    for (long number = 0; number < job->count; number++) {
        stamp(payload, job->size, number);
        send(&there, payload, job->size);
    }
    free(payload);
}

INLINE void receive_payload(const struct job *job, long number)
{
    int32_t length;
    char *payload = next(&there, &length);
    if (length != job->size || memcmp(payload, &number, 8) || memcmp(payload + length - 8, &number, 8))
        fail("payload %ld arrived damaged or out of order", number);
    done(&there, length);
}

static struct outcome send_stream(const struct job *job)
{
    long start = now();
    if (!strcmp(job->work, "lines"))
        send_lines(job);
    else if (!strcmp(job->work, "size"))
        send_payloads(job);
    else
        send_ticks(job);
    return (struct outcome){ .count = job->count, .timed = job->count, .nanoseconds = now() - start };
}

/* The time runs from the first message, or from when all senders are sending, to the last. */
LOOP struct outcome receive_stream(const struct job *job)
{
    long all = job->count * job->senders, before = 1, start;
    memset(next_number, 0, sizeof next_number);
    heard = 0;
    if (!strcmp(job->work, "lines")) {
        receive_line(0);
        start = now();
        for (long number = 1; number < all; number++)
            receive_line(number);
    } else if (!strcmp(job->work, "size")) {
        receive_payload(job, 0);
        start = now();
        for (long number = 1; number < all; number++)
            receive_payload(job, number);
    } else {
        receive_tick(job);
        for (; before < all - 1 && heard < job->senders; before++)
            receive_tick(job);
        start = now();
        for (long number = before; number < all; number++)
            receive_tick(job);
    }
    struct outcome outcome = { .count = all, .timed = all - before, .nanoseconds = now() - start };
    return outcome;
}

/* ---- round trips ---- */

INLINE struct ping receive_ping(struct ring *ring, long number)
{
    int32_t length;
    struct ping ping;
    memcpy(&ping, next(ring, &length), sizeof ping);
    done(ring, length);
    if (length != sizeof ping || ping.number != number || ping.copy != number || ping.check != ~number)
        fail("message %ld arrived damaged, twice or out of order", number);
    return ping;
}

LOOP struct outcome answer(const struct job *job)
{
    long start = 0;
    for (long number = 0; number < job->count; number++) {
        struct ping ping = receive_ping(&there, number);
        send(&back, &ping, sizeof ping);
        if (number == 0)
            start = now();
    }
    return (struct outcome){ .count = job->count, .timed = job->count - 1, .nanoseconds = now() - start };
}

INLINE void ask(long number)
{
    struct ping ping = { 0, number, number, ~number };
    send(&there, &ping, sizeof ping);
    receive_ping(&back, number);
}

/* One trip first, which is not timed; then each by itself, or blocks of 64, whose median is the result. */
LOOP struct outcome ask_all(const struct job *job)
{
    ask(0);
    long trips = job->count - 1, block = job->each ? 1 : BLOCK;
    long blocks = (trips + block - 1) / block;
    long *times = malloc(blocks * sizeof *times);
    long start = now(), before = start;
    for (long index = 0; index < blocks; index++) {
        long first = 1 + index * block;
        long count = job->count - first < block ? job->count - first : block;
        for (long number = first; number < first + count; number++)
            ask(number);
        long after = now();
        times[index] = (after - before) * block / count;
        before = after;
    }
    struct outcome outcome = { .count = job->count, .timed = trips, .nanoseconds = before - start, .times = times };
    if (!job->each) {
        qsort(times, blocks, sizeof *times, by_value);
        outcome.median = (double)times[blocks / 2] / block;
        outcome.times = NULL;
        free(times);
    }
    return outcome;
}

static void prepare(const struct job *job)
{
    char path[sizeof job->address + 8];
    snprintf(path, sizeof path, "%s.there", job->address);
    open_ring(&there, path, job->capacity);
    if (!strcmp(job->work, "roundtrip")) {
        snprintf(path, sizeof path, "%s.back", job->address);
        open_ring(&back, path, job->capacity);
    }
    if (!strcmp(job->work, "lines"))
        load_texts(job->texts);
    if (job->senders > (long)(sizeof next_number / sizeof *next_number))
        fail("%ld senders are too many", job->senders);
}

static struct outcome run(const struct job *job)
{
    if (!strcmp(job->role, "sender"))
        return send_stream(job);
    if (!strcmp(job->role, "receiver"))
        return receive_stream(job);
    return !strcmp(job->role, "asker") ? ask_all(job) : answer(job);
}

static void close_ring(struct ring *ring)
{
    if (ring->pages)
        munmap(ring->pages, DATA + ring->capacity);
    ring->pages = NULL;
}

static void finish(void)
{
    close_ring(&there);
    close_ring(&back);
}

#endif
