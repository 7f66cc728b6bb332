using System.CommandLine;
using System.Globalization;
using IpMpsc.Tool.Bench;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary>The peer process of a measurement; for <c>ipmpsc bench</c> itself, not for people.</summary>
internal sealed class BenchPeerCommand : ToolCommand
{
    private readonly Argument<string[]> _words = new("WORDS") { Arity = ArgumentArity.OneOrMore };

    public BenchPeerCommand() : base(BenchPeer.CommandName, "The other process of a measurement.", "ipmpsc bench")
    {
        Hidden = true;
        Arguments.Add(_words);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        switch (arguments.GetRequiredValue(_words))
        {
            case [RoundTrip.Role, var requests, var replies, var spin]:
                RoundTrip.Echo(requests, replies, bool.Parse(spin));
                return ExitCode.Success;

            case [Throughput.Role, var channel, var batch]:
                Throughput.Flood(channel, int.Parse(batch, CultureInfo.InvariantCulture));
                return ExitCode.Success;

            default:
                throw new ToolException(ExitCode.Usage, "There is no such role.");
        }
    }
}
