using System.CommandLine;

namespace IpMpsc.Examples.Tour;

/// <summary>The commands with which the tour starts this program again, for itself and not for people.</summary>
internal static class HiddenCommands
{
    public const string Sender = "tour-sender";
    public const string Receiver = "tour-receiver";

    private static readonly Argument<string> s_channels = new("channels");
    private static readonly Argument<int> s_lines = new("lines");

    public static Command OfSender()
    {
        Argument<int> id = new("id");
        Argument<string[]> files = new("files") { Arity = ArgumentArity.OneOrMore };
        Command command = new(Sender) { s_channels, id, s_lines, files };
        command.Hidden = true;
        command.SetAction(arguments => Run(() => new SendingProcess(
            new TourChannels(arguments.GetRequiredValue(s_channels)),
            arguments.GetRequiredValue(id),
            new TourInput(arguments.GetRequiredValue(files), arguments.GetRequiredValue(s_lines), LongestLine: 0)).Run()));
        return command;
    }

    public static Command OfReceiver()
    {
        Argument<int> longestLine = new("longest-line");
        Command command = new(Receiver) { s_channels, s_lines, longestLine };
        command.Hidden = true;
        command.SetAction(arguments => Run(() => new ReceivingProcess(
            new TourChannels(arguments.GetRequiredValue(s_channels)),
            arguments.GetRequiredValue(s_lines),
            arguments.GetRequiredValue(longestLine)).Run()));
        return command;
    }

    private static int Run(Action process)
    {
        try
        {
            process();
            return 0;
        }
        catch (OperationCanceledException)
        {
            return ExampleCommand.Failed; // The tour is over; nobody needs to be told.
        }
    }
}
