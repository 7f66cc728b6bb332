using System.Diagnostics;

namespace IpMpsc.Examples.VideoPipeline;

/// <summary>The consumer process: works on three frames at once on the thread pool, each in place and released when it is done.</summary>
internal sealed class Consumer(Settings settings, Receiver<Frame> receiver)
{
    private const int FramesInWork = 3;

    private readonly SemaphoreSlim _workers = new(FramesInWork);

    /// <summary>With <see cref="DropPolicy.KeepNewest"/>: the newest frame of each camera that waits for a worker.</summary>
    private readonly HeldMessage<Frame>?[] _newest = new HeldMessage<Frame>?[Settings.Cameras];

    public async Task RunAsync()
    {
        await _workers.WaitAsync();
        while (await NextAsync() is { } frame)
        {
            _ = Task.Run(() => Work(frame)); // while the loop holds the next frame
            await _workers.WaitAsync();
        }

        for (int worker = 1; worker < FramesInWork; worker++)
        {
            await _workers.WaitAsync();
        }
    }

    /// <summary>The next frame to work on; null when the cameras have left and everything is received.</summary>
    private async ValueTask<HeldMessage<Frame>?> NextAsync()
    {
        if (settings.Policy != DropPolicy.KeepNewest)
        {
            return await receiver.WaitToReceiveAsync() ? receiver.Hold() : null;
        }

        KeepNewest();
        while (_newest.All(frame => frame is null))
        {
            if (!await receiver.WaitToReceiveAsync())
            {
                return null;
            }

            KeepNewest();
        }

        int oldest = Enumerable.Range(0, Settings.Cameras).Where(camera => _newest[camera] is not null).MinBy(camera => _newest[camera]!.Value.Position);
        HeldMessage<Frame> next = _newest[oldest]!.Value;
        _newest[oldest] = null;
        return next;
    }

    private void KeepNewest()
    {
        while (receiver.TryHold(out HeldMessage<Frame> frame))
        {
            int camera = frame.View.Camera;
            if (_newest[camera] is { } stale)
            {
                Console.WriteLine($"dropped {camera} {stale.View.Number}");
                stale.Dispose();
            }

            _newest[camera] = frame;
        }
    }

    private void Work(HeldMessage<Frame> message)
    {
        using (message) // the cameras get its room back when all frames before it are released, too
        {
            Frame.View frame = message.View;
            byte expected = (byte)(frame.Camera + frame.Number);
            bool isWhole = !frame.Pixels.ContainsAnyExcept(expected);
            Thread.Sleep(settings.WorkMilliseconds); // stands for the detector
            TimeSpan latency = Stopwatch.GetElapsedTime(frame.Captured);
            Console.WriteLine($"{(isWhole ? "done" : "torn")} {frame.Camera} {frame.Number} {latency.TotalMicroseconds:0}");
        }

        _workers.Release();
    }
}
