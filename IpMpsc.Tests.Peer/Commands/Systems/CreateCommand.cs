using System.Runtime.InteropServices;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Creates a channel under a given umask. A process has only one umask, so this needs a process of its own.</summary>
internal static partial class CreateCommand
{
    public static void Run(Arguments arguments)
    {
        string channel = arguments.NextWord("CHANNEL");
        long capacity = arguments.Next<long>("CAPACITY");
        uint mask = Convert.ToUInt32(arguments.NextWord("UMASK"), 8);
        arguments.RequireEnd();

        SetFileModeMask(mask);
        using ByteReceiver receiver = ByteReceiver.Create(channel, new IpcChannelOptions { Capacity = capacity });
        Dialogue.Say(receiver.Path);
        Dialogue.Listen();
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetFileModeMask(uint mask);
}
