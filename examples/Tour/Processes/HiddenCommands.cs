using System.CommandLine;
using System.Globalization;

namespace IpMpsc.Examples.Tour;

/// <summary>The commands with which the tour starts its other processes. Help does not list them.</summary>
internal static class HiddenCommands
{
    public const string Sender = "tour-sender";
    public const string Receiver = "tour-receiver";
    public const string Partner = "tour-partner";
    public const string Endless = "tour-endless";
    public const string Doomed = "tour-doomed";
    public const string Relay = "tour-relay";

    public static IEnumerable<Command> All =>
    [
        Of(Sender, words => new SendingProcess(
            new TourChannels(words[0]), Number(words[1]), new TourInput(words[3..], Number(words[2]), LongestLine: 0)).Run()),
        Of(Receiver, words => new ReceivingProcess(new TourChannels(words[0]), Number(words[1]), Number(words[2])).Run()),
        Of(Partner, words => new PartnerProcess(words[0], words[1], words[2], words[3]).Run()),
        Of(Endless, words => new EndlessSender(words[0]).Run()),
        Of(Doomed, words => new DoomedSender(words[0], words[1]).Run()),
        Of(Relay, words => new RelayProcess(words[0], words[1], Number(words[2])).Run()),
    ];

    private static Command Of(string name, Action<string[]> run)
    {
        Argument<string[]> words = new("words");
        Command command = new(name) { words };
        command.Hidden = true;
        command.SetAction(arguments =>
        {
            try
            {
                run(arguments.GetRequiredValue(words));
                return 0;
            }
            catch (OperationCanceledException)
            {
                return ExampleCommand.Failed; // The tour is over, which is not an error to report.
            }
        });
        return command;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
