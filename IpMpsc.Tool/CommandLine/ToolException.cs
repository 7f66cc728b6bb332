namespace IpMpsc.Tool.CommandLine;

/// <summary>Ends a command: with an exit code, a message for people and facts for scripts.</summary>
internal sealed class ToolException(ExitCode code, string message, params (string Name, object? Value)[] facts) : Exception(message)
{
    public ExitCode Code { get; } = code;

    /// <summary>What <c>--json</c> adds to the message.</summary>
    public IReadOnlyList<(string Name, object? Value)> Facts { get; } = facts;
}
