using System.Globalization;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Fills a ring that this process has just opened, and reports how many page faults that took.</summary>
internal static class LapCommand
{
    private static readonly byte[] s_message = new byte[(1 << 16) - 16];

    public static void Run(Arguments arguments)
    {
        string channel = arguments.NextWord("CHANNEL");
        bool prefault = arguments.Next<bool>("PREFAULT");
        arguments.RequireEnd();

        // What compiling and allocating for the very first message costs is not to be counted.
        using ByteReceiver another = ByteReceiver.CreateTemporary();
        Fill(another.Path, prefault: false);
        Dialogue.Say($"{Fill(channel, prefault)}");
    }

    private static long Fill(string channel, bool prefault)
    {
        using ByteSender sender = ByteSender.Open(channel, new IpcChannelOptions { Prefault = prefault });
        long before = PageFaults();
        while (sender.TrySend(s_message))
        {
            // Until the ring is full.
        }

        return PageFaults() - before;
    }

    /// <summary>The minor faults of this process so far: the tenth field of its stat file, counted behind the name, which may contain spaces.</summary>
    private static long PageFaults()
    {
        string status = File.ReadAllText("/proc/self/stat");
        return long.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}
