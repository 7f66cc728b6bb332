using System.CommandLine;
using System.CommandLine.Parsing;

namespace IpMpsc.Tool.CommandLine;

/// <summary>Options of the commands that write or count messages.</summary>
internal static class MessageOptions
{
    public static Option<long?> Count(string what) => new("-n", "--count")
    {
        Description = $"Stop after this many {what}.",
        HelpName = "N",
        Validators = { RequirePositive },
    };

    public static Option<bool> EndWithSenders() => new("--end-with-senders")
    {
        Description = "Stop when every sender has left and all messages were received.",
    };

    public static void RequirePositive(OptionResult option)
    {
        if (option.Tokens is [var token] && (!decimal.TryParse(token.Value, out decimal value) || value <= 0))
        {
            option.AddError($"'{token.Value}' for {option.Option.Name} must be a number above 0.");
        }
    }
}
