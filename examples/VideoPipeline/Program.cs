using IpMpsc;
using IpMpsc.Examples.VideoPipeline;

// Two cameras send 4K frames to a consumer that works on three of them at once; nothing is ever copied. Two consumers are
// killed on the way: the next one continues with the first frame that was not released.
//
//     VideoPipeline [block|keepOldest|keepNewest] [FRAMES] [WIDTH] [HEIGHT] [WORK-MILLISECONDS]
//
// Exit code 0: every frame was worked on, or dropped by the policy, and none was lost.

switch (args)
{
    case ["camera", var camera, .. var words]:
        Camera.Run(Settings.Parse(words), int.Parse(camera));
        return 0;

    case ["consumer", .. var words]:
        Settings shared = Settings.Parse(words);
        using (Receiver<Frame> receiver = Receiver<Frame>.Open(shared.Channel, shared.Options))
        {
            await new Consumer(shared, receiver).RunAsync();
        }

        return 0;
}

Settings settings = Settings.Parse(args);
FrameLog log = new(settings);
Receiver<Frame>.Create(settings.Channel, settings.Options).Dispose(); // the channel exists before any process opens it
try
{
    Stage[] cameras = [.. Enumerable.Range(0, Settings.Cameras).Select(camera => new Stage(log, ["camera", $"{camera}", .. settings.Words]))];
    int killed = 0;
    foreach (int quarter in (int[])[1, 2])
    {
        using Stage consumer = new(log, ["consumer", .. settings.Words]);
        while (log.Settled < quarter * Settings.Cameras * settings.Frames / 4 && !consumer.HasExited)
        {
            Thread.Sleep(1);
        }

        killed += consumer.TryKill() ? 1 : 0; // while it works on frames, which it has not released
    }

    using (Stage last = new(log, ["consumer", .. settings.Words]))
    {
        Array.ForEach(cameras, camera => camera.Dispose());
    }

    Console.WriteLine($"{log}; consumers killed: {killed}");
    return log.IsComplete ? 0 : 1;
}
finally
{
    IpcChannel.Delete(settings.Channel);
}
