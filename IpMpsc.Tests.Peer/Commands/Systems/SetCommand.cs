using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>
/// Waits for a set of receivers to each of which somebody sends in turn, blocking and asynchronously, and then says how many bytes the
/// blocking waits of the second half have allocated.
/// </summary>
internal static class SetCommand
{
    public static void Run(Arguments arguments)
    {
        string directory = arguments.NextWord("DIRECTORY");
        int count = arguments.Next<int>("RECEIVERS");
        arguments.RequireEnd();

        IpcChannelOptions options = new() { Capacity = 1024, MaxSenders = 2 };
        ByteReceiver[] receivers = [.. Enumerable.Range(0, count).Select(index => ByteReceiver.Create(Path.Join(directory, $"{index}"), options))];
        ExclusiveByteSender[] senders = [.. receivers.Select(receiver => ExclusiveByteSender.Open(receiver.Path))];
        using ReceiverSet set = new(WaitStrategy.BlockOnly, receivers);
        using SemaphoreSlim begun = new(0);
        Thread sending = new(() =>
        {
            for (int turn = 0; turn < 3 * count; turn++)
            {
                begun.Wait();
                Thread.Sleep(turn % 2); // Before the set sleeps, and after.
                senders[turn % count].Send([(byte)turn]);
            }
        });
        sending.Start();
        byte[] buffer = new byte[1];
        long before = 0;
        for (int turn = 0; turn < 3 * count; turn++)
        {
            before = turn == count ? GC.GetTotalAllocatedBytes(precise: true) : before;
            if (turn == 2 * count)
            {
                Dialogue.Say($"allocated {GC.GetTotalAllocatedBytes(precise: true) - before}");
            }

            begun.Release();
            IReceiver ready = turn < 2 * count ? set.WaitAny() : set.WaitAnyAsync().AsTask().Result;
            if (ready != receivers[turn % count] || !receivers[turn % count].TryReceive(buffer, out _) || buffer[0] != (byte)turn)
            {
                throw new ProbeException($"Wait {turn} of the set found '{ready.Path}'.");
            }
        }

        sending.Join();
        Array.ForEach(senders, static sender => sender.Dispose());
        Array.ForEach(receivers, static receiver => receiver.Dispose());
    }
}
