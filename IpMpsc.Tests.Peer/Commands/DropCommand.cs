using System.Buffers.Binary;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>A participant that drops messages: "newest" sends a stream and reports how many it dropped, "latest" receives and reports each probe.</summary>
internal static class DropCommand
{
    public static void Run(Arguments arguments)
    {
        string what = arguments.NextWord("WHAT");
        string channel = arguments.NextWord("CHANNEL");
        switch (what)
        {
            case "newest":
                SendStream(channel, arguments.Next<int>("SENDER"), arguments.Next<int>("COUNT"));
                break;
            case "latest":
                ReceiveLatest(channel, arguments.Next<int>("COUNT"));
                break;
            default:
                throw new UsageException($"The first argument is newest or latest, not '{what}'.");
        }
    }

    private static void SendStream(string channel, int number, int count)
    {
        using ByteSender sender = ByteSender.Open(channel, new IpcChannelOptions { FullMode = FullMode.DropNewest });
        for (int sequence = 0; sequence < count; sequence++)
        {
            sender.Send(ByteProbe.From(new Probe(number, sequence, 40)));
        }

        Dialogue.Say($"{sender.DroppedMessages}");
        Dialogue.Listen();
    }

    private static void ReceiveLatest(string channel, int count)
    {
        using ByteReceiver receiver = ByteReceiver.Open(channel, new IpcChannelOptions { FullMode = FullMode.LatestOnly });
        receiver.LatestBy(BinaryPrimitives.ReadInt32LittleEndian);
        for (int received = 0; received < count; received++)
        {
            using ReceivedBytes message = receiver.ReceiveInPlace();
            Dialogue.Say($"{ByteProbe.Verify(message.Payload)}");
        }
    }
}
