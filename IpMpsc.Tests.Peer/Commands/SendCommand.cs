using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Sends a stream of probes and ends.</summary>
internal static class SendCommand
{
    public static void Run(Arguments arguments)
    {
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        SenderFlavour flavour = arguments.NextChoice<SenderFlavour>("FLAVOUR");
        string channel = arguments.NextWord("CHANNEL");
        ProbeStream stream = NextStream(arguments, kind);
        arguments.RequireEnd();

        using ProbeSender sender = kind.OpenSender(flavour, channel);
        stream.SendTo(sender);
    }

    public static ProbeStream NextStream(Arguments arguments, ProbeKind kind) => new(
        kind,
        arguments.Next<int>("SENDER"),
        arguments.Next<int>("COUNT"),
        arguments.NextChoice<SendWay>("WAY"),
        arguments.Next<int>("MIN"),
        arguments.Next<int>("MAX"));
}
