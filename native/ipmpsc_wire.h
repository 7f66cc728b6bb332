/*
 * ipmpsc_wire.h - what the headers share that 'ipmpsc header --c' prints. Nothing of it needs the library: it reads and
 * writes payloads. docs/schema.md describes their bytes.
 */
#ifndef IPMPSC_WIRE_H
#define IPMPSC_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
#define IPMPSC_ASSERT(condition, text) static_assert(condition, text)
#define IPMPSC_ALIGN(bytes) alignas(bytes)
#else
#define IPMPSC_ASSERT(condition, text) _Static_assert(condition, text)
#define IPMPSC_ALIGN(bytes) _Alignas(bytes)
#endif

/* Where the bytes of a variable field lie, from the start of its payload. Two zeros: no value. */
typedef struct ipmpsc_range { uint32_t offset; uint32_t length; } ipmpsc_range;

/* UTF-8, not terminated. NULL: no value. */
typedef struct ipmpsc_text { const char *data; uint32_t length; } ipmpsc_text;

/* A System.Guid. */
typedef struct ipmpsc_guid { uint32_t data1; uint16_t data2; uint16_t data3; uint8_t data4[8]; } ipmpsc_guid;

typedef struct ipmpsc_uint128 { IPMPSC_ALIGN(16) uint64_t low; uint64_t high; } ipmpsc_uint128;
typedef struct ipmpsc_int128 { IPMPSC_ALIGN(16) uint64_t low; int64_t high; } ipmpsc_int128;

/* A System.DateTimeOffset: ticks of 100 ns since 0001-01-01 in UTC, and its offset in minutes. */
typedef struct ipmpsc_datetimeoffset { int64_t ticks; int32_t minutes; uint32_t zero; } ipmpsc_datetimeoffset;

/* A System.Decimal: scale in bits 16 to 23 of the flags, sign in bit 31, and 96 bits of the number. */
typedef struct ipmpsc_decimal { uint32_t flags; uint32_t high; uint64_t low; } ipmpsc_decimal;

/* Copies a range once and checks the copy: the payload is shared memory. */
static inline bool ipmpsc_find(
    const uint8_t *payload, uint32_t length, size_t at, uint32_t alignment, uint32_t size, ipmpsc_range *range)
{
    memcpy(range, payload + at, sizeof *range);
    return (uint64_t)range->offset + range->length <= length && range->offset % alignment == 0 && range->length % size == 0;
}

/* Takes the version off the end of a nested message. */
static inline bool ipmpsc_version(const uint8_t *payload, ipmpsc_range *range, uint16_t *version)
{
    if (range->length < sizeof *version) {
        return false;
    }

    range->length -= (uint32_t)sizeof *version;
    memcpy(version, payload + range->offset + range->length, sizeof *version);
    return true;
}

/* Moves the end of a payload that is written to a multiple of an alignment. */
static inline void ipmpsc_align(uint8_t *payload, uint64_t *end, uint64_t alignment)
{
    uint64_t aligned = (*end + alignment - 1) & ~(alignment - 1);
    if (payload != NULL) {
        memset(payload + *end, 0, (size_t)(aligned - *end));
    }

    *end = aligned;
}

/* Appends bytes; without data, it leaves room for them. Without a payload, it only measures. */
static inline ipmpsc_range ipmpsc_put(
    uint8_t *payload, uint64_t *end, const void *data, uint64_t length, uint64_t alignment, bool nullable)
{
    ipmpsc_range range = {0, 0};
    if (nullable && data == NULL && length == 0) {
        return range;
    }

    ipmpsc_align(payload, end, alignment);
    range.offset = (uint32_t)*end;
    range.length = (uint32_t)length;
    if (payload != NULL && data != NULL && length > 0) {
        memcpy(payload + *end, data, (size_t)length);
    }

    *end += length;
    return range;
}

#endif
