using IpMpsc.Schemas;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.CommandLine;

/// <summary>Maps every failure to its exit code, and reports it.</summary>
internal static class Failures
{
    public static ToolException Of(Exception error) => error switch
    {
        ToolException known => known,
        OperationCanceledException => new ToolException(ExitCode.Interrupted, "Interrupted."),
        ChannelNotFoundException or ChannelRetiredException or FileNotFoundException or DirectoryNotFoundException =>
            new ToolException(ExitCode.NotFound, error.Message),
        ChannelInUseException => new ToolException(ExitCode.InUse, error.Message),
        ChannelMismatchException => new ToolException(ExitCode.Mismatch, error.Message),
        ChannelCorruptException => new ToolException(ExitCode.Corrupt, error.Message),
        ChannelFileException or UnauthorizedAccessException or IOException => new ToolException(ExitCode.NotAllowed, error.Message),
        MessageTooLargeException or SchemaFormatException => new ToolException(ExitCode.BadData, error.Message),
        _ => new ToolException(ExitCode.Failed, error is ChannelException ? error.Message : error.ToString()),
    };

    /// <summary>Writes to the error output why a command failed.</summary>
    public static ExitCode Report(ToolException failure, bool json)
    {
        if (json)
        {
            Dictionary<string, object?> report = new()
            {
                ["error"] = failure.Code,
                ["exitCode"] = (int)failure.Code,
                ["message"] = failure.Message,
            };
            foreach ((string name, object? value) in failure.Facts)
            {
                report[name] = value;
            }

            Console.Error.WriteLine(JsonText.Of(report));
        }
        else
        {
            Console.Error.WriteLine(Terminal.Clean(failure.Message.ReplaceLineEndings(" ")));
        }

        return failure.Code;
    }
}
