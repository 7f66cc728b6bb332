using IpMpsc.Ring;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Waits in every way there is, and reports how much processor time that took.</summary>
internal static class IdleCommand
{
    public static void Run(Arguments arguments)
    {
        string directory = arguments.NextWord("DIRECTORY");
        int count = arguments.Next<int>("RECEIVERS");
        TimeSpan time = TimeSpan.FromSeconds(arguments.Next<int>("SECONDS"));
        arguments.RequireEnd();

        IpcChannelOptions small = new() { Capacity = 64, MaxSenders = 2 };
        ByteReceiver[] receivers =
            [.. Enumerable.Range(0, count + 3).Select(index => ByteReceiver.Create(Path.Join(directory, $"{index}"), small))];
        using ReceiverSet set = new(receivers[3..]);
        using ByteSender sender = ByteSender.Open(receivers[0].Path);
        using ByteSender asyncSender = ByteSender.Open(receivers[0].Path);
        while (sender.TrySend([]))
        {
            // Until the ring of the first channel is full.
        }

        InBackground(() => sender.Send([]));
        InBackground(() => receivers[1].Receive());
        InBackground(() => set.WaitAny());
        ValueTask sending = asyncSender.SendAsync(default);
        ValueTask<byte[]> receiving = receivers[2].ReceiveAsync();
        SpinWait.SpinUntil(() => set.WaitsNow && receivers[1..3].All(receiver => ((IConsumerOwner)receiver).Consumer.IsInUse));

        // Background compilation and garbage collection are not to be measured.
        Settle();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Thread.Sleep(time); // Nothing happens in the time that is measured.
        Dialogue.Say($"{(Environment.CpuUsage.TotalTime - before).TotalMicroseconds:F0}");
        Dialogue.Say(sending.IsCompleted || receiving.IsCompleted ? "woken" : "waiting");
        Environment.Exit((int)ExitCode.Success); // Does not wait for the calls that still wait.
    }

    private static void Settle()
    {
        TimeSpan last;
        do
        {
            last = Environment.CpuUsage.TotalTime;
            Thread.Sleep(500); // Long enough to see whether the process still works.
        }
        while (Environment.CpuUsage.TotalTime - last > TimeSpan.FromMilliseconds(25));
    }

    private static void InBackground(Action wait) => new Thread(() => wait()) { IsBackground = true }.Start();
}
