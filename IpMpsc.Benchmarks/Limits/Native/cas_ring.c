/*
 * A limit: a ring of several senders and one receiver in a mapped file, as it is usually written in C. A sender claims
 * room with one compare-and-swap on the tail, writes its payload, and stores the length of the record last. The receiver
 * polls that length, and zeroes what it has read before it moves the head. Nothing else: nothing sleeps, no claim of a
 * killed sender is ever found, nothing is checked or counted.
 *
 *      0  tail     up to where senders have claimed
 *    128  head     up to where the receiver has read and zeroed
 *   4096  records  { length, 4 bytes unused, payload }, aligned to 8; a negative length skips the rest of the lap
 */
#include "contender.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HEADER = 8, DATA = 4096, BLOCK = 64 };

/* The receiver releases room after this many bytes, or when it has caught up. */
enum { RELEASE = 16 << 10 };

/*
 * A receiver that has caught up backs off, with one pause for each message that came in a row. One that follows its sender closely
 * takes each cache line away while it is being written. That would cost a stream four fifths of its rate, and backing off costs a
 * round trip nothing.
 */
enum { LONGEST_REST = 64 };

#define INLINE static inline __attribute__((always_inline))

struct ring {
    char *pages;
    char *data;
    uint64_t capacity;
    uint64_t head_seen; /* of a sender: never beyond the head */
    uint64_t position;  /* of the receiver: the next record */
    uint64_t released;  /* of the receiver: what the head says */
    uint64_t run;       /* of the receiver: messages in a row, or LONGEST_REST */
};

static struct ring there, back; /* a stream has the first alone */

INLINE _Atomic uint64_t *tail_of(struct ring *ring) { return (_Atomic uint64_t *)ring->pages; }
INLINE _Atomic uint64_t *head_of(struct ring *ring) { return (_Atomic uint64_t *)(ring->pages + 128); }
INLINE uint64_t size_of(uint64_t length) { return (HEADER + length + 7) & ~7UL; }

INLINE void rest(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void map(struct ring *ring, const char *path, uint64_t capacity)
{
    int file = open(path, O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, DATA + capacity))
        fail("%s cannot be opened", path);
    ring->pages = mmap(NULL, DATA + capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (ring->pages == MAP_FAILED)
        fail("%s cannot be mapped", path);
    ring->data = ring->pages + DATA;
    ring->capacity = capacity;
    ring->head_seen = ring->position = ring->released = ring->run = 0;
}

static void unmap(struct ring *ring)
{
    if (ring->pages)
        munmap(ring->pages, DATA + ring->capacity);
    ring->pages = NULL;
}

/* Publishes a record. Pairs with the load in next(): a receiver that sees the length also sees the payload. */
INLINE void commit(char *record, int32_t length)
{
    atomic_store_explicit((_Atomic int32_t *)record, length, memory_order_release);
}

/* Room for this many bytes of records, in one piece. */
INLINE char *claim(struct ring *ring, uint64_t bytes)
{
    while (true) {
        uint64_t tail = atomic_load_explicit(tail_of(ring), memory_order_relaxed);
        uint64_t offset = tail & (ring->capacity - 1);
        uint64_t skipped = ring->capacity - offset < bytes ? ring->capacity - offset : 0;
        if (tail + skipped + bytes - ring->head_seen > ring->capacity) {
            ring->head_seen = atomic_load_explicit(head_of(ring), memory_order_acquire);
            if (tail + skipped + bytes - ring->head_seen > ring->capacity)
                rest();
            continue;
        }
        if (!atomic_compare_exchange_weak_explicit(
                tail_of(ring), &tail, tail + skipped + bytes, memory_order_relaxed, memory_order_relaxed))
            continue;
        if (skipped) {
            commit(ring->data + offset, -(int32_t)skipped);
            offset = 0;
        }
        return ring->data + offset;
    }
}

static void release(struct ring *ring)
{
    uint64_t offset = ring->released & (ring->capacity - 1);
    uint64_t bytes = ring->position - ring->released;
    uint64_t to_end = ring->capacity - offset;
    memset(ring->data + offset, 0, bytes < to_end ? bytes : to_end);
    if (bytes > to_end)
        memset(ring->data, 0, bytes - to_end);
    ring->released = ring->position;
    atomic_store_explicit(head_of(ring), ring->position, memory_order_release);
}

/* The next payload, which stays until the next call. */
INLINE char *next(struct ring *ring, int32_t *length)
{
    if (ring->position - ring->released >= RELEASE)
        release(ring);
    while (true) {
        char *record = ring->data + (ring->position & (ring->capacity - 1));
        int32_t stored = atomic_load_explicit((_Atomic int32_t *)record, memory_order_acquire);
        if (stored > 0) {
            ring->position += size_of(stored);
            ring->run += ring->run < LONGEST_REST;
            *length = stored;
            return record + HEADER;
        }
        if (stored < 0)
            ring->position -= stored;
        else if (ring->position != ring->released)
            release(ring);
        else {
            for (; ring->run > 0; ring->run--)
                rest();
            rest();
        }
    }
}

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

static void send_ticks(const struct job *job)
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
        const uint64_t size = size_of(sizeof(struct tick));
        if (job->batch == 1) {
            for (long index = 0; index < count; index++) {
                char *record = claim(&there, size);
                memcpy(record + HEADER, &supply[index], sizeof(struct tick));
                commit(record, sizeof(struct tick));
            }
        } else {
            char *record = claim(&there, count * size);
            for (long index = count - 1; index >= 0; index--) { /* the first length last: it shows all of them */
                memcpy(record + index * size + HEADER, &supply[index], sizeof(struct tick));
                if (index > 0)
                    *(int32_t *)(record + index * size) = sizeof(struct tick);
            }
            commit(record, sizeof(struct tick));
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
}

static void send_lines(const struct job *job)
{
    for (long number = 0; number < job->count; number++) {
        long index = number % text_count;
        int32_t length = sizeof(struct line) + texts[index].length;
        char *record = claim(&there, size_of(length));
        struct line *line = (struct line *)(record + HEADER);
        line->number = line->ticks = number;
        line->level = 2;
        memcpy(line->text, texts[index].text, texts[index].length);
        commit(record, length);
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
}

static void send_payloads(const struct job *job)
{
    char *payload = calloc(1, job->size);
    for (long number = 0; number < job->count; number++) {
        stamp(payload, job->size, number);
        char *record = claim(&there, size_of(job->size));
        memcpy(record + HEADER, payload, job->size);
        commit(record, job->size);
    }
    free(payload);
}

INLINE void receive_payload(const struct job *job, long number)
{
    int32_t length;
    char *payload = next(&there, &length);
    if (length != job->size || memcmp(payload, &number, 8) || memcmp(payload + length - 8, &number, 8))
        fail("payload %ld arrived damaged or out of order", number);
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
static struct outcome receive_stream(const struct job *job)
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

INLINE void send_ping(struct ring *ring, const struct ping *ping)
{
    char *record = claim(ring, size_of(sizeof *ping));
    memcpy(record + HEADER, ping, sizeof *ping);
    commit(record, sizeof *ping);
}

INLINE struct ping receive_ping(struct ring *ring, long number)
{
    int32_t length;
    struct ping ping;
    memcpy(&ping, next(ring, &length), sizeof ping);
    if (length != sizeof ping || ping.number != number || ping.copy != number || ping.check != ~number)
        fail("message %ld arrived damaged, twice or out of order", number);
    return ping;
}

static struct outcome answer(const struct job *job)
{
    long start = 0;
    for (long number = 0; number < job->count; number++) {
        struct ping ping = receive_ping(&there, number);
        send_ping(&back, &ping);
        if (number == 0)
            start = now();
    }
    return (struct outcome){ .count = job->count, .timed = job->count - 1, .nanoseconds = now() - start };
}

INLINE void ask(long number)
{
    struct ping ping = { 0, number, number, ~number };
    send_ping(&there, &ping);
    receive_ping(&back, number);
}

/* One trip first, which is not timed; then each by itself, or blocks of 64, whose median is the result. */
static struct outcome ask_all(const struct job *job)
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
    map(&there, path, job->capacity);
    if (!strcmp(job->work, "roundtrip")) {
        snprintf(path, sizeof path, "%s.back", job->address);
        map(&back, path, job->capacity);
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

static void finish(void)
{
    unmap(&there);
    unmap(&back);
}

int main(void)
{
    return serve("stream batches senders lines size roundtrip");
}
