using System.Diagnostics;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>
/// A sender that does what the test says, one line for each call. It answers "ok", "true", "false", a
/// number, or "throw TYPE MESSAGE"; within a claim it says "held" and waits for "go".
/// </summary>
internal static class SenderCommand
{
    public static void Run(Arguments arguments)
    {
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        SenderFlavour flavour = arguments.NextChoice<SenderFlavour>("FLAVOUR");
        string channel = arguments.NextWord("CHANNEL");
        bool traces = !arguments.IsAtEnd && arguments.NextWord("TRACES") == "traced";
        using Activity? activity = arguments.IsAtEnd ? null : new Activity("peer").SetParentId(arguments.NextWord("TRACEPARENT")).Start();
        arguments.RequireEnd();

        using ProbeSender sender = kind.OpenSender(flavour, channel, new IpcChannelOptions { TraceMessages = traces });
        Dialogue.Say("open");
        while (Dialogue.Listen() is var line && line != "close")
        {
            using CancellationTokenSource cancellation = new();
            Dialogue.Interrupted = interrupt =>
            {
                if (interrupt == "!cancel")
                {
                    cancellation.Cancel();
                }
                else
                {
                    sender.Dispose();
                }
            };
            Dialogue.Say(Answer(kind, sender, line, cancellation.Token));
            Dialogue.Interrupted = null;
        }
    }

    private static string Answer(ProbeKind kind, ProbeSender sender, string line, CancellationToken cancellation)
    {
        try
        {
            return Do(kind, sender, new Arguments(line.Split(' ')), cancellation);
        }
        catch (Exception error) when (error is not UsageException)
        {
            return $"throw {error.GetType().Name} {error.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static string Do(ProbeKind kind, ProbeSender sender, Arguments arguments, CancellationToken cancellation)
    {
        switch (arguments.NextWord("CALL"))
        {
            case "send":
                sender.Send(NextProbe(arguments), cancellation);
                return "ok";

            case "try-send":
                return Answer(sender.TrySend(NextProbe(arguments)));

            case "try-send-for":
                return Answer(sender.TrySend(NextProbe(arguments), NextTimeout(arguments), cancellation));

            case "send-when-empty":
                sender.SendWhenEmpty(NextProbe(arguments), cancellation);
                return "ok";

            case "try-send-when-empty":
                return Answer(sender.TrySendWhenEmpty(NextProbe(arguments), NextTimeout(arguments), cancellation));

            case "send-batch":
                sender.SendBatch([.. arguments.Rest().Select(Probe.Parse)], cancellation);
                return "ok";

            case "try-send-batch":
                return $"{sender.TrySendBatch([.. arguments.Rest().Select(Probe.Parse)])}";

            case "claim":
                sender.Claim(NextProbe(arguments), arguments.NextChoice<ClaimEnd>("END"), Hold, cancellation);
                return "ok";

            case "try-claim":
                return Answer(sender.TryClaim(
                    NextProbe(arguments), arguments.NextChoice<ClaimEnd>("END"), NextTimeout(arguments), Hold, cancellation));

            case "stream":
                SendCommand.NextStream(arguments, kind).SendTo(sender);
                return "ok";

            case var unknown:
                throw new UsageException($"A sender has no command '{unknown}'.");
        }
    }

    private static void Hold()
    {
        Dialogue.Say("held");
        if (Dialogue.Listen() is var line && line != "go")
        {
            throw new UsageException($"A held claim continues with 'go', not with '{line}'.");
        }
    }

    private static string Answer(bool result) => result ? "true" : "false";

    private static Probe NextProbe(Arguments arguments) => Probe.Parse(arguments.NextWord("PROBE"));

    private static TimeSpan NextTimeout(Arguments arguments) => TimeSpan.FromMilliseconds(arguments.Next<double>("MILLISECONDS"));
}
