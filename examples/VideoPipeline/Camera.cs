using System.Diagnostics;

namespace IpMpsc.Examples.VideoPipeline;

/// <summary>A camera process: captures into the ring, without a copy.</summary>
internal static class Camera
{
    public static void Run(Settings settings, int camera)
    {
        using Sender<Frame> sender = Sender<Frame>.Open(settings.Channel, settings.Options);
        Frame.Sizes sizes = new() { Pixels = settings.FrameSize };
        long start = Stopwatch.GetTimestamp();
        for (int number = 0; number < settings.Frames; number++)
        {
            TimeSpan early = (number * Settings.FrameTime) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                Thread.Sleep(early); // the driver has no picture before its time
            }

            if (settings.Policy != DropPolicy.KeepOldest)
            {
                Capture(sender.Claim(sizes), camera, number); // waits for room
            }
            else if (sender.TryClaim(sizes, out Claim<Frame> claim))
            {
                Capture(claim, camera, number);
            }
            else
            {
                Console.WriteLine($"dropped {camera} {number}");
            }
        }
    }

    private static void Capture(Claim<Frame> claim, int camera, int number)
    {
        using (claim) // gives the room back if capturing fails
        {
            Frame.Writer frame = claim.Writer;
            frame.Camera = camera;
            frame.Number = number;
            frame.Captured = Stopwatch.GetTimestamp();
            frame.Pixels.Fill((byte)(camera + number)); // stands for the driver, which writes the pixels
            claim.Commit();
        }
    }
}
