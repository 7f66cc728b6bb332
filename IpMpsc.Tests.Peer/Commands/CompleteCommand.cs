namespace IpMpsc.Tests.Peer.Commands;

/// <summary>A receiver that ends with its senders. It leaves when the test says so.</summary>
internal static class CompleteCommand
{
    public static void Run(Arguments arguments)
    {
        string channel = arguments.NextWord("CHANNEL");
        arguments.RequireEnd();

        using ByteReceiver receiver = ByteReceiver.OpenOrCreate(channel, new IpcChannelOptions { EndWithSenders = true });
        Dialogue.Say("open");
        int received = 0;
        foreach (ReceivedBytes _ in receiver.ReadAll())
        {
            received++;
        }

        Dialogue.Say($"completed {received}");
        Dialogue.Listen();
    }
}
