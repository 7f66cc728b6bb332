/*
 * A camera in C: draws each picture where the receiver will read it. Build and run it beside the .NET program:
 *
 *     cc -std=c11 -I native -o /tmp/camera examples/Camera/camera.c native/ipmpsc.c
 *     dotnet run --project examples/Camera &
 *     /tmp/camera 300
 */
#include "frame.h"
#include "ipmpsc.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 640, HEIGHT = 480, PIXELS = WIDTH * HEIGHT };

/* A grey picture with a bright spot that moves. */
static void draw(uint8_t *pixels, long number)
{
    memset(pixels, 40, PIXELS);
    pixels[number * 7 % HEIGHT * WIDTH + number * 5 % WIDTH] = 255;
}

static int fail(void)
{
    fprintf(stderr, "%s\n", ipmpsc_last_error());
    return 1;
}

int main(int count, char **words)
{
    long pictures = count > 1 ? strtol(words[1], NULL, 10) : 300;
    ipmpsc_options options = {.size = sizeof options, .schema = FRAME_SCHEMA, .participant = "camera"};
    ipmpsc_sender *sender;
    if (ipmpsc_sender_open("camera", &options, &sender) != IPMPSC_OK) {
        return fail();
    }

    for (long number = 0; number < pictures; number++) {
        /* A length without a pointer reserves room for the pixels, which are drawn in place. */
        camera_frame frame = {.number = number, .width = WIDTH, .height = HEIGHT, .pixels = {NULL, PIXELS}};
        camera_frame_view view;
        const uint8_t *pixels;
        uint32_t length = camera_frame_measure(&frame);
        void *place;
        if (ipmpsc_claim(sender, length, IPMPSC_FOREVER, &place) != IPMPSC_OK) {
            ipmpsc_sender_close(sender);
            return fail();
        }

        camera_frame_write(&frame, place);
        if (!camera_frame_view_of(&view, place, length, CAMERA_FRAME_VERSION) || !camera_frame_get_pixels(&view, &pixels, &length)) {
            return 1; /* Another program has overwritten the claim. */
        }

        draw((uint8_t *)place + (pixels - (const uint8_t *)place), number);
        if (ipmpsc_commit(sender, CAMERA_FRAME_ID, CAMERA_FRAME_VERSION) != IPMPSC_OK) {
            return fail();
        }
    }

    ipmpsc_sender_close(sender);
    return 0;
}
