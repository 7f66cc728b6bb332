/*
 * A limit: the steps of this library's protocol (docs/protocol.md) for one exclusive sender and its receiver, and nothing else. So it shows what
 * the protocol itself allows on a machine, whatever the language. It never sleeps, recovers nothing, and no other thread may use a side or close it.
 *
 *    256  tail              up to where the sender has claimed
 *    384  head              up to where the receiver has released; then messages and bytes received
 *    512  receiver signal   odd if the receiver sleeps; then the state of the channel, 0 if it is in use
 *    640  space signal      odd if a sender sleeps
 *   4096  slot              position and length of the sender's claim; then messages and bytes sent
 *   8192  records           { stamp, description, payload }, aligned to 16; a filler ends each lap
 */
#include "ring.h"

enum { HEADER = 16, DATA = 8192, LINE = 64 };
enum { TAIL = 256, HEAD = 384, RECEIVED = 392, RECEIVER_SIGNAL = 512, STATE = 516, SPACE_SIGNAL = 640, SLOT = 4096, SENT = 4112 };
enum { MESSAGE = 1, PADDING = 2 };

/* The receiver writes to each line of a record up to this size, so that the line is its processor's alone. */
enum { LARGEST_TAKEN = 2048 };

/* Pauses that take as long as an iteration of .NET's spin wait; those of a rest for each message in a row, and the most messages. */
enum { SPIN = 2, REST_FOR_EACH = 3 * SPIN, MOST_RESTED_FOR = 40, STREAM = 4, LONGEST_PAUSE = 128 * SPIN };

#define NONE UINT64_MAX
#define SPREAD 0x9E3779B97F4A7C15UL
#define COOKIE 0x3C6EF372FE94F820UL /* any number: each run has a new file */
#define KIND ((uint64_t)1 << 32 | (uint64_t)1 << 48) /* type and version of every message */

struct ring {
    char *pages;
    char *data;
    uint64_t capacity;
    uint64_t mask;
    uint64_t cookie;
    uint64_t head_seen;     /* of the sender: never beyond the head */
    uint64_t slot_length;   /* of the sender: what its slot says */
    uint64_t cursor;        /* of the receiver: the next record */
    uint64_t caught_up_at;  /* of the receiver: where it last found nothing */
    uint64_t received;      /* of the receiver: messages before its last wait */
};

static void open_ring(struct ring *ring, const char *path, uint64_t capacity)
{
    *ring = (struct ring){ .pages = map(path, DATA + capacity), .capacity = capacity, .mask = capacity - 1, .cookie = COOKIE };
    ring->data = ring->pages + DATA;
}

INLINE uint64_t size_of(uint64_t length) { return (HEADER + length + 15) & ~15UL; }
INLINE uint64_t *word(struct ring *ring, long offset) { return (uint64_t *)(ring->pages + offset); }
INLINE uint64_t load(const void *from) { return atomic_load_explicit((_Atomic uint64_t *)from, memory_order_acquire); }
INLINE void store(void *to, uint64_t value) { atomic_store_explicit((_Atomic uint64_t *)to, value, memory_order_release); }

static __attribute__((noinline, cold)) void wake(void)
{
    fail("a signal was raised, but nobody sleeps");
}

/* After each publication: does the other side sleep? */
INLINE void look_for_sleeper(struct ring *ring, long signal)
{
    if (atomic_load_explicit((_Atomic uint32_t *)(ring->pages + signal), memory_order_acquire) & 1)
        wake();
}

INLINE void count(uint64_t *counters, uint32_t length)
{
    counters[0] += 1;
    counters[1] += length;
}

/* ---- sending ---- */

/* The claim is in the slot before the tail moves, so it has an owner that can be found. */
INLINE bool try_win(struct ring *ring, uint64_t tail, uint64_t bytes)
{
    uint64_t *slot = word(ring, SLOT);
    if (bytes != ring->slot_length) { /* an old position must not be read together with a new length */
        store(slot, NONE);
        store(slot + 1, bytes);
        ring->slot_length = bytes;
    }
    store(slot, tail);
    return atomic_compare_exchange_strong((_Atomic uint64_t *)word(ring, TAIL), &tail, tail + bytes);
}

INLINE bool has_room(struct ring *ring, uint64_t tail, uint64_t bytes)
{
    return tail + bytes - ring->head_seen <= ring->capacity;
}

/* A sender that takes each bit of room at once would take the head's line from the receiver as often: it waits for an eighth of the ring. */
static void let_receiver_get_ahead(struct ring *ring, uint64_t tail, uint64_t bytes)
{
    uint64_t wanted = bytes > ring->capacity / 8 ? bytes : ring->capacity / 8;
    store(word(ring, SLOT), NONE);
    for (int pauses = SPIN; pauses <= LONGEST_PAUSE && !has_room(ring, tail, wanted); pauses *= 2) {
        for (int pause = 0; pause < pauses; pause++)
            rest();
        ring->head_seen = load(word(ring, HEAD));
    }
}

INLINE void stamp_record(struct ring *ring, struct claim claimed, uint64_t description, uint64_t state)
{
    *(uint64_t *)(claimed.record + 8) = description;
    store(claimed.record, ((claimed.position * SPREAD) ^ ring->cookie) | state);
}

/* The end of a lap, or no room. */
static __attribute__((noinline)) struct claim claim_slowly(struct ring *ring, uint64_t bytes)
{
    while (true) {
        uint64_t tail = load(word(ring, TAIL));
        uint64_t to_end = ring->capacity - (tail & ring->mask);
        uint64_t wanted = bytes > to_end ? to_end : bytes;
        if (!has_room(ring, tail, wanted)) {
            ring->head_seen = load(word(ring, HEAD));
            if (!has_room(ring, tail, wanted)) {
                let_receiver_get_ahead(ring, tail, wanted);
                continue;
            }
        }
        if (!try_win(ring, tail, wanted))
            continue;
        struct claim claimed = { ring->data + (tail & ring->mask), tail };
        if (wanted == bytes)
            return claimed;
        stamp_record(ring, claimed, wanted - HEADER, PADDING);
        look_for_sleeper(ring, RECEIVER_SIGNAL);
    }
}

INLINE struct claim claim(struct ring *ring, uint64_t bytes)
{
    uint64_t tail = load(word(ring, TAIL));
    if ((tail & ring->mask) + bytes <= ring->capacity && has_room(ring, tail, bytes)
            && !atomic_load_explicit((_Atomic uint32_t *)(ring->pages + STATE), memory_order_acquire) && try_win(ring, tail, bytes))
        return (struct claim){ ring->data + (tail & ring->mask), tail };
    return claim_slowly(ring, bytes);
}

/* Pairs with the load of the stamp in next(): a receiver that sees it also sees the payload. */
INLINE void stamp_message(struct ring *ring, struct claim claimed, uint32_t length)
{
    stamp_record(ring, claimed, length | KIND, MESSAGE);
    count(word(ring, SENT), length);
}

INLINE void commit(struct ring *ring, struct claim claimed, uint32_t length)
{
    stamp_message(ring, claimed, length);
    look_for_sleeper(ring, RECEIVER_SIGNAL);
}

/* One claim for as many as fit the lap; stamped in ascending order, in which they are received. */
INLINE void send_batch(struct ring *ring, const char *messages, uint32_t length, long count)
{
    const uint64_t size = size_of(length);
    while (count > 0) {
        long fitting = (ring->capacity - (load(word(ring, TAIL)) & ring->mask)) / size;
        long part = fitting == 0 || fitting > count ? count : fitting;
        struct claim claimed = claim(ring, part * size);
        for (count -= part; part > 0; part--, messages += length) {
            memcpy(claimed.record + HEADER, messages, length);
            stamp_message(ring, claimed, length);
            claimed.record += size;
            claimed.position += size;
        }
        look_for_sleeper(ring, RECEIVER_SIGNAL);
    }
}

/* ---- receiving ---- */

INLINE void publish_head(struct ring *ring, uint64_t head)
{
    ring->cursor = head;
    store(word(ring, HEAD), head);
    look_for_sleeper(ring, SPACE_SIGNAL);
}

INLINE uint64_t state_at_cursor(struct ring *ring)
{
    return load(ring->data + (ring->cursor & ring->mask)) ^ (ring->cursor * SPREAD) ^ ring->cookie;
}

/* Until a message stands at the cursor. After a stream the receiver rests, longer after more messages, so that the sender gets ahead. */
static __attribute__((noinline)) void await_message(struct ring *ring)
{
    for (uint64_t state; (state = state_at_cursor(ring)) != MESSAGE;) {
        if (state == PADDING) {
            publish_head(ring, (ring->cursor | ring->mask) + 1);
            continue;
        }
        uint64_t received = *word(ring, RECEIVED), streamed = received - ring->received;
        ring->caught_up_at = ring->cursor;
        ring->received = received;
        if (streamed >= STREAM)
            for (uint64_t pauses = REST_FOR_EACH * (streamed < MOST_RESTED_FOR ? streamed : MOST_RESTED_FOR); pauses > 0; pauses--)
                rest();
        rest();
    }
}

/* The next payload, which stays until done(). */
INLINE char *next(struct ring *ring, int32_t *length)
{
    if (state_at_cursor(ring) != MESSAGE)
        await_message(ring);
    uint64_t index = ring->cursor & ring->mask;
    uint64_t description = *(uint64_t *)(ring->data + index + 8);
    if ((description >> 32 << 32) != KIND || index + size_of((uint32_t)description) > ring->capacity)
        fail("a record is corrupt");
    *length = (int32_t)description;
    return ring->data + index + HEADER;
}

/* Releases the message: its lines are taken, unless the receiver has been behind for a lap. */
INLINE void done(struct ring *ring, uint32_t length)
{
    uint64_t size = size_of(length);
    if (ring->cursor - ring->caught_up_at < ring->capacity && size <= LARGEST_TAKEN) {
        char *record = ring->data + (ring->cursor & ring->mask), *end = record + size;
        for (char *line = record + (-(uintptr_t)record & (LINE - 1)); line < end; line += LINE)
            *(uint64_t *)line = *(volatile uint64_t *)line;
    }
    count(word(ring, RECEIVED), length);
    publish_head(ring, ring->cursor + size);
}

#include "workloads.h"

int main(void)
{
    return serve("stream batches lines roundtrip");
}
