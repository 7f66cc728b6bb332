using System.CommandLine;

namespace IpMpsc.Examples;

/// <summary>Runs an example's command line and turns every failure into a message and an exit code.</summary>
internal static class ExampleCommand
{
    public const int Failed = 1;
    public const int BadArgument = 2;

    /// <summary>The exit code that shells report for a program that Ctrl-C ended.</summary>
    public const int Interrupted = 130;

    /// <summary>
    /// After Ctrl-C a program deletes its temporary files and ends its processes. On a busy machine that takes longer than the
    /// two seconds that System.CommandLine allows by default.
    /// </summary>
    private static readonly TimeSpan s_cleanUpTime = TimeSpan.FromSeconds(30);

    /// <summary>The channel, an argument of Send and of Receive.</summary>
    public static Argument<string> ChannelArgument() => new("channel")
    {
        Description = "A name, for a file in your runtime directory, or a path such as /tmp/ipmpsc.",
    };

    /// <summary>Returns the exit code: 2 after a bad argument, 1 after a failure, otherwise the command's own.</summary>
    public static async Task<int> RunAsync(RootCommand command, string[] args)
    {
        ParseResult arguments = command.Parse(args);
        if (arguments.Errors is [var first, ..])
        {
            return Fail(BadArgument, $"{first.Message} Try --help.");
        }

        try
        {
            // The default handler would print a stack trace. Without it, exceptions reach the handlers below.
            return await arguments.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_cleanUpTime,
            });
        }
        catch (ArgumentException error)
        {
            return Fail(BadArgument, error.Message);
        }
        catch (ChannelException error)
        {
            return Fail(Failed, error.Message);
        }
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
