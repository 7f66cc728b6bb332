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
#include "ring.h"

enum { HEADER = 8, DATA = 4096 };

/* The receiver releases room after this many bytes, or when it has caught up. */
enum { RELEASE = 16 << 10 };

/*
 * A receiver that has caught up backs off, with one pause for each message that came in a row. One that follows its sender closely
 * takes each cache line away while it is being written. That would cost a stream four fifths of its rate, and backing off costs a
 * round trip nothing.
 */
enum { LONGEST_REST = 64 };

struct ring {
    char *pages;
    char *data;
    uint64_t capacity;
    uint64_t head_seen; /* of a sender: never beyond the head */
    uint64_t position;  /* of the receiver: the next record */
    uint64_t released;  /* of the receiver: what the head says */
    uint64_t run;       /* of the receiver: messages in a row, or LONGEST_REST */
};

INLINE _Atomic uint64_t *tail_of(struct ring *ring) { return (_Atomic uint64_t *)ring->pages; }
INLINE _Atomic uint64_t *head_of(struct ring *ring) { return (_Atomic uint64_t *)(ring->pages + 128); }
INLINE uint64_t size_of(uint64_t length) { return (HEADER + length + 7) & ~7UL; }

static void open_ring(struct ring *ring, const char *path, uint64_t capacity)
{
    *ring = (struct ring){ .pages = map(path, DATA + capacity), .capacity = capacity };
    ring->data = ring->pages + DATA;
}

/* Publishes a record. Pairs with the load in next(): a receiver that sees the length also sees the payload. */
INLINE void publish(char *record, int32_t length)
{
    atomic_store_explicit((_Atomic int32_t *)record, length, memory_order_release);
}

/* Room for this many bytes of records, in one piece. */
INLINE struct claim claim(struct ring *ring, uint64_t bytes)
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
            publish(ring->data + offset, -(int32_t)skipped);
            offset = 0;
        }
        return (struct claim){ ring->data + offset, tail + skipped };
    }
}

INLINE void commit(struct ring *ring, struct claim claimed, int32_t length)
{
    (void)ring;
    publish(claimed.record, length);
}

INLINE void send_batch(struct ring *ring, const char *messages, int32_t length, long count)
{
    const uint64_t size = size_of(length);
    char *record = claim(ring, count * size).record;
    for (long index = count - 1; index >= 0; index--) { /* the first length last: it shows all of them */
        memcpy(record + index * size + HEADER, messages + index * length, length);
        if (index > 0)
            *(int32_t *)(record + index * size) = length;
    }
    publish(record, length);
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

/* Nothing: next() releases many messages at once. */
INLINE void done(struct ring *ring, int32_t length)
{
    (void)ring, (void)length;
}

#include "workloads.h"

int main(void)
{
    return serve("stream batches senders lines size roundtrip");
}
