using IpMpsc.Tests.Peer.Commands;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer;

/// <summary>The scenarios that a peer process can play, one command each.</summary>
internal static class PeerCommand
{
    private const string Chaos = "chaos";

    private static readonly (string Name, string Arguments, string Purpose, Action<Arguments> Run)[] s_commands =
    [
        ("send", "KIND FLAVOUR CHANNEL SENDER COUNT WAY MIN MAX", "send COUNT probes", SendCommand.Run),
        ("receive", "KIND CHANNEL SENDERS COUNT WAY", "receive COUNT probes of each sender", ReceiveCommand.Run),
        ("echo", "KIND FROM TO COUNT", "forward COUNT probes to another channel", EchoCommand.Run),
        ("sender", "KIND FLAVOUR CHANNEL", "send as told on standard input", SenderCommand.Run),
        ("receiver", "KIND CHANNEL", "receive as told on standard input", ReceiverCommand.Run),
        ("payloads", "CHANNEL SENDER LENGTH...", "send raw payloads of these lengths", PayloadsCommand.Run),
        ("create", "CHANNEL CAPACITY UMASK", "create a channel of bytes, wait", CreateCommand.Run),
        ("collect", "KIND CHANNEL BOARD LAST [HOLD]", "receive, and enter the messages into a board", CollectCommand.Run),
        ("file", "CALL CHANNEL", "create, open, replace or delete a channel", FileCommand.Run),
        ("complete", "CHANNEL", "receive until every sender has left", CompleteCommand.Run),
        ("claims", "CHANNEL COUNT", "hold many claims at once", ClaimsCommand.Run),
        ("endure", "ROLE KIND BOARD", "send or receive in spite of a hostile segment", EndureCommand.Run),
        (FilteredCommand.Name, "CALLS COMMAND...", "run a peer to which the system refuses calls", FilteredCommand.Run),
        ("flood", "KIND FLAVOUR CHANNEL BOARD SENDER MAX", "send in all ways until told to stop", FloodCommand.Run),
        ("forward", "CHANNEL SOURCE COUNT", "forward the numbers of a source that are not in a channel", ForwardCommand.Run),
        ("drop", "newest CHANNEL SENDER COUNT | latest CHANNEL COUNT", "send or receive, and drop what FullMode says", DropCommand.Run),
        ("idle", "DIRECTORY RECEIVERS SECONDS", "wait in every way, say the processor time", IdleCommand.Run),
        ("lap", "CHANNEL PREFAULT", "fill a ring, say the page faults of that", LapCommand.Run),
        ("polls", "", "say whether waits poll", PollsCommand.Run),
        ("shortcomings", "DIRECTORY", "take part in channels, say what the system lacks", ShortcomingsCommand.Run),
        ("set", "DIRECTORY RECEIVERS", "wait for a set of receivers, say what that allocates", SetCommand.Run),
        ("stepped", "CALL CHANNEL", "say by signals where a send, a receive, an open or a close begins and ends", SteppedCommand.Run),
        ("serve", "", "run one command after the other, a line each", ServeCommand.Run),
        (Chaos, "SECONDS SEED", "kill and pause processes at random; no peer", ChaosCommand.Run),
    ];

    /// <summary>Whether a command is that of a peer, which ends when the test that started it goes away.</summary>
    public static bool ListensToTest(IReadOnlyList<string> words) => words is not [Chaos or FilteredCommand.Name, ..];

    public static ExitCode Run(IReadOnlyList<string> words)
    {
        try
        {
            Dispatch(new Arguments(words));
            return ExitCode.Success;
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine($"{error.Message}\n{Usage()}");
            return ExitCode.Usage;
        }
        catch (ProbeException error)
        {
            return Report(error, ExitCode.Wrong);
        }
        catch (ChannelException error)
        {
            return Report(error, ExitCode.Channel);
        }
        catch (Exception error)
        {
            return Report(error, ExitCode.Failure);
        }
    }

    private static void Dispatch(Arguments arguments)
    {
        string name = arguments.NextWord("COMMAND");
        Action<Arguments> run = s_commands.FirstOrDefault(command => command.Name == name).Run
            ?? throw new UsageException($"There is no command '{name}'.");
        run(arguments);
    }

    private static string Usage() => string.Join(
        '\n',
        [
            "usage: IpMpsc.Tests.Peer COMMAND ...",
            .. s_commands.Select(command => $"  {command.Name,-8} {command.Arguments,-45}  {command.Purpose}"),
        ]);

    private static ExitCode Report(Exception error, ExitCode code)
    {
        Console.Error.WriteLine(error);
        return code;
    }
}
