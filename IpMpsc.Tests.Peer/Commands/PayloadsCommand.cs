using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Sends raw payloads of given lengths.</summary>
internal static class PayloadsCommand
{
    public static void Run(Arguments arguments)
    {
        string channel = arguments.NextWord("CHANNEL");
        PayloadPlan plan = new(arguments.Next<int>("SENDER"), [.. arguments.Rest().Select(int.Parse)]);

        using ByteSender sender = ByteSender.Open(channel);
        for (int index = 0; index < plan.Lengths.Count; index++)
        {
            sender.Send(plan[index]);
        }
    }
}
