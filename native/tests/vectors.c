/*
 * Makes the payloads of native/golden/payloads.txt with the generated header golden.h, and reads them back field by field:
 * prints the lines that it makes, and fails if one that it reads has different values. The values are those of PayloadVectors.cs.
 */
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>

static _Alignas(16) uint8_t buffer[4096];

#define CHECK(condition) check((condition), #condition, __LINE__)

static void check(bool condition, const char *text, int line)
{
    if (!condition) {
        fprintf(stderr, "line %d: %s\n", line, text);
        exit(1);
    }
}

static bool is_text(ipmpsc_text text, const char *expected)
{
    return text.data != NULL && text.length == strlen(expected) && memcmp(text.data, expected, text.length) == 0;
}

static void print(const char *name, uint32_t length)
{
    printf("%s ", name);
    for (uint32_t at = 0; at < length; at++) {
        printf("%02x", buffer[at]);
    }

    puts("");
}

static golden_everything everything(void)
{
    golden_everything value;
    memset(&value, 0, sizeof value);
    value.signed128 = (ipmpsc_int128){.low = 5, .high = INT64_MIN};
    value.unsigned128 = (ipmpsc_uint128){.low = UINT64_MAX - 5, .high = UINT64_MAX};
    value.id = (ipmpsc_guid){0x00112233, 0x4455, 0x6677, {0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}};
    value.signed64 = INT64_MIN;
    value.unsigned64 = UINT64_MAX;
    value.float64 = -0.5;
    value.origin = (golden_point){1.5, -2.5};
    value.signed32 = INT32_MIN;
    value.unsigned32 = UINT32_MAX;
    value.float32 = 0.25f;
    value.numbers[0] = 1;
    value.numbers[3] = UINT32_MAX;
    value.signed16 = INT16_MIN;
    value.unsigned16 = UINT16_MAX;
    value.float16 = 0x3800;
    value.letter = 0x20AC;
    value.colour = 0xFF00;
    value.signed8 = INT8_MIN;
    value.unsigned8 = UINT8_MAX;
    value.flag = 1;
    value.added = 77;
    return value;
}

static uint32_t write_document(const golden_document *document)
{
    uint32_t length = golden_document_measure(document);
    CHECK(length <= sizeof buffer);
    memset(buffer, 0xEE, sizeof buffer);
    golden_document_write(document, buffer);
    CHECK(buffer[length] == 0xEE);
    return length;
}

static uint32_t make_document(void)
{
    static const uint8_t data[] = {1, 2, 3};
    static const uint16_t wide[] = {'w', 'i', 'd', 'e', ' ', 0x20AC};
    static const double weights[] = {0.5, -1};
    static const golden_point points[] = {{1, 2}, {3, 4}};
    static const uint16_t colours[] = {0xFF00, 0, 0xFF00};
    static const int64_t first_marks[] = {1, -2};
    static const int64_t second_marks[] = {INT64_MAX};
    golden_remark summary = {.author = {"a", 1}, .marks = {first_marks, 2}};
    golden_remark remarks[2] = {{.author = {NULL, 0}}, {.author = {"bc", 2}, .marks = {second_marks, 1}}};
    golden_document document;
    memset(&document, 0, sizeof document);
    document.number = 7;
    document.title = (ipmpsc_text){"Größe €", 11};
    document.wide.items = wide;
    document.wide.count = 6;
    document.data.items = data;
    document.data.count = 3;
    document.weights.items = weights;
    document.weights.count = 2;
    document.points.items = points;
    document.points.count = 2;
    document.colours.items = colours;
    document.colours.count = 3;
    document.summary = &summary;
    document.remarks.items = remarks;
    document.remarks.count = 2;
    document.language = (ipmpsc_text){"de", 2};
    return write_document(&document);
}

static uint32_t make_empty_document(void)
{
    golden_remark summary = {.author = {NULL, 0}};
    golden_document document;
    memset(&document, 0, sizeof document);
    document.subtitle.data = "";
    document.extra.items = buffer;
    document.summary = &summary;
    return write_document(&document);
}

static uint32_t make_moments(void)
{
    golden_leaf leaf;
    golden_moments moments;
    memset(&leaf, 0, sizeof leaf);
    memset(&moments, 0, sizeof moments);
    leaf.first = 1;
    leaf.second = 2;
    moments.moment = UINT64_C(638448066150000000) | UINT64_C(1) << 62; /* UTC */
    moments.local = (ipmpsc_datetimeoffset){INT64_C(638448012150000000), 90, 0};
    moments.span = INT64_C(-1296050000000);
    moments.day = 738944;
    moments.time = INT64_C(863400000000);
    moments.amount = (ipmpsc_decimal){UINT32_C(1) << 31 | 2 << 16, 0, 1234567};
    moments.clef = 0x1D11E;
    moments.number.has_value = 1;
    moments.number.value = 5;
    moments.place.has_value = 1;
    moments.place.value = (golden_point){1, 2};
    moments.colour.has_value = 1;
    moments.colour.value = IP_MPSC_NATIVE_TESTS_VECTORS_COLOUR_RED;
    moments.link = (ipmpsc_text){"https://example.org/", 20};
    moments.leaf = &leaf;
    moments.last = ~3; /* the third from the end */
    uint32_t length = golden_moments_measure(&moments);
    CHECK(length <= sizeof buffer);
    golden_moments_write(&moments, buffer);
    return length;
}

static void read_moments(const uint8_t *payload, uint32_t length)
{
    golden_moments_view view;
    golden_leaf_view leaf;
    golden_point place;
    ipmpsc_text text;
    int32_t number;
    uint16_t colour;
    CHECK(golden_moments_view_of(&view, payload, length, 1));
    CHECK(golden_moments_get_moment(&view) << 2 >> 2 == UINT64_C(638448066150000000));
    CHECK(golden_moments_get_local(&view).minutes == 90);
    CHECK(golden_moments_get_amount(&view).low == 1234567);
    CHECK(golden_moments_get_last(&view) == ~3);
    CHECK(golden_moments_get_number(&view, &number) && number == 5);
    CHECK(!golden_moments_get_nothing(&view, &number));
    CHECK(golden_moments_get_place(&view, &place) && place.y >= 2);
    CHECK(golden_moments_get_colour(&view, &colour) && colour == IP_MPSC_NATIVE_TESTS_VECTORS_COLOUR_RED);
    CHECK(golden_moments_get_link(&view, &text) && is_text(text, "https://example.org/"));
    CHECK(golden_moments_get_leaf(&view, &leaf) && leaf.version == 2);
    CHECK(golden_leaf_get_first(&leaf) == 1 && golden_leaf_get_second(&leaf) == 2);
    leaf.version = 1;
    CHECK(golden_leaf_get_second(&leaf) == 0);
}

/* For tuples, maps and lists of lists the header gives their raw slots; the fields after them in the fixed block are still found. */
static void read_bag(const uint8_t *payload, uint32_t length)
{
    golden_bag_view view;
    const uint8_t *slots;
    uint32_t count;
    CHECK(golden_bag_view_of(&view, payload, length, 1));
    CHECK(golden_bag_get_after(&view) == 77);
    CHECK(golden_bag_get_names(&view, &slots, &count) && count == 16);
    CHECK(golden_bag_get_map(&view, &slots, &count) && count == 12);
    print("bag", length);
}

static void read_everything(const uint8_t *payload, uint32_t length, bool zero)
{
    golden_everything expected = everything();
    golden_everything value;
    if (zero) {
        memset(&expected, 0, sizeof expected);
    }

    CHECK(golden_everything_read(&value, payload, length, 2) && memcmp(&value, &expected, sizeof value) == 0);
    expected.added = 0;
    CHECK(golden_everything_read(&value, payload, length, 1) && memcmp(&value, &expected, sizeof value) == 0);
    CHECK(!golden_everything_read(&value, payload, length - 1, 2));
}

static void read_document(const uint8_t *payload, uint32_t length)
{
    golden_document_view view;
    ipmpsc_text text;
    const uint8_t *bytes;
    const uint16_t *units;
    const double *weights;
    const golden_point *points;
    const int64_t *marks;
    golden_remark_view remark;
    uint32_t count;
    CHECK(golden_document_view_of(&view, payload, length, 2));
    CHECK(golden_document_get_number(&view) == 7);
    CHECK(golden_document_get_title(&view, &text) && is_text(text, "Größe €"));
    CHECK(golden_document_get_wide(&view, &units, &count) && count == 6 && units[5] == 0x20AC);
    CHECK(golden_document_get_subtitle(&view, &text) && text.data == NULL);
    CHECK(golden_document_get_data(&view, &bytes, &count) && count == 3 && bytes[2] == 3);
    CHECK(golden_document_get_extra(&view, &bytes, &count) && bytes == NULL && count == 0);
    CHECK(golden_document_get_weights(&view, &weights, &count) && count == 2 && weights[0] >= 0.5 && weights[1] <= -1);
    CHECK(golden_document_get_points(&view, &points, &count) && count == 2 && points[1].y >= 4);
    CHECK(golden_document_get_colours(&view, &units, &count) && count == 3 && units[2] == 0xFF00);
    CHECK(golden_document_get_summary(&view, &remark) && golden_remark_get_author(&remark, &text) && is_text(text, "a"));
    CHECK(golden_remark_get_marks(&remark, &marks, &count) && count == 2 && marks[1] == -2);
    CHECK(golden_document_get_remarks(&view, &count) && count == 2);
    CHECK(golden_document_get_remarks_at(&view, 0, &remark) && golden_remark_get_author(&remark, &text) && text.data == NULL);
    CHECK(golden_document_get_remarks_at(&view, 1, &remark) && golden_remark_get_author(&remark, &text) && is_text(text, "bc"));
    CHECK(golden_remark_get_marks(&remark, &marks, &count) && count == 1 && marks[0] == INT64_MAX);
    CHECK(!golden_document_get_remarks_at(&view, 2, &remark));
    CHECK(golden_document_get_language(&view, &text) && is_text(text, "de"));

    view.version = 1; /* Version 1 has no language. */
    CHECK(golden_document_get_language(&view, &text) && text.data == NULL);
    CHECK(!golden_document_view_of(&view, payload, 20, 2));
}

/* No changed byte of a payload leads a reader outside the payload: the sanitizers would report that. */
static void read_mutated(const uint8_t *payload, uint32_t length)
{
    for (uint32_t at = 0; at < length; at++) {
        uint8_t *copy = aligned_alloc(16, (length + 15) / 16 * 16);
        golden_document_view view;
        golden_remark_view remark;
        ipmpsc_text text;
        const double *weights;
        const golden_point *points;
        uint32_t count;
        double sum = 0;
        CHECK(copy != NULL);
        memcpy(copy, payload, length);
        copy[at] = (uint8_t)(copy[at] ^ (0x81 << at % 3));
        CHECK(golden_document_view_of(&view, copy, length, 2));
        if (golden_document_get_title(&view, &text) && text.length > 0) {
            sum += text.data[text.length - 1];
        }

        if (golden_document_get_weights(&view, &weights, &count) && count > 0) {
            sum += weights[count - 1];
        }

        if (golden_document_get_points(&view, &points, &count) && count > 0) {
            sum += points[count - 1].y;
        }

        if (golden_document_get_remarks(&view, &count)) {
            for (uint32_t index = 0; index < count; index++) {
                if (golden_document_get_remarks_at(&view, index, &remark) && remark.payload != NULL && golden_remark_get_author(&remark, &text) && text.length > 0) {
                    sum += text.data[text.length - 1];
                }
            }
        }

        copy[0] = sum > 0;
        free(copy);
    }
}

/* vectors FILE */
int main(int count, char **words)
{
    FILE *file = count == 2 ? fopen(words[1], "r") : NULL;
    char line[8192];
    CHECK(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        char *hex = strchr(line, ' ');
        uint32_t length = 0;
        unsigned value;
        CHECK(hex != NULL);
        *hex++ = '\0';
        memset(buffer, 0, sizeof buffer);
        for (; sscanf(hex, "%2x", &value) == 1; hex += 2) {
            buffer[length++] = (uint8_t)value;
        }

        if (strcmp(line, "everything") == 0) {
            read_everything(buffer, length, false);
        } else if (strcmp(line, "everything-zero") == 0) {
            read_everything(buffer, length, true);
        } else if (strcmp(line, "document") == 0) {
            read_document(buffer, length);
            read_mutated(buffer, length);
        } else if (strcmp(line, "moments") == 0) {
            read_moments(buffer, length);
        }
    }

    golden_everything value = everything();
    memcpy(buffer, &value, sizeof value);
    print("everything", sizeof value);
    memset(buffer, 0, sizeof buffer);
    print("everything-zero", sizeof value);
    print("document", make_document());
    print("document-empty", make_empty_document());
    print("moments", make_moments());

    /* C reads a bag but cannot make one: the last line repeats what was read. */
    rewind(file);
    while (fgets(line, sizeof line, file) != NULL) {
        uint32_t length = 0;
        unsigned byte;
        for (char *hex = line + 4; strncmp(line, "bag ", 4) == 0 && sscanf(hex, "%2x", &byte) == 1; hex += 2) {
            buffer[length++] = (uint8_t)byte;
        }

        if (length > 0) {
            read_bag(buffer, length);
        }
    }

    (void)fclose(file);
    return 0;
}
