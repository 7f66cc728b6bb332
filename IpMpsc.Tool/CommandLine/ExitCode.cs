namespace IpMpsc.Tool.CommandLine;

/// <summary>What a script can tell from the end of a command; listed in docs/tool.md.</summary>
internal enum ExitCode
{
    /// <summary>It was done.</summary>
    Success = 0,

    /// <summary>It could not be done, for a reason that is none of the others.</summary>
    Failed = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>There is no such channel or file, or not any more.</summary>
    NotFound = 3,

    /// <summary>Somebody uses the channel in a way that excludes this.</summary>
    InUse = 4,

    /// <summary>The system does not allow it: permissions, space, the kind of file.</summary>
    NotAllowed = 5,

    /// <summary>The file is no channel, has another layout version, or has another schema.</summary>
    Mismatch = 6,

    /// <summary>The channel is damaged.</summary>
    Corrupt = 7,

    /// <summary>What was to be sent, or the file to be replayed, does not fit.</summary>
    BadData = 8,

    /// <summary>Ctrl-C, or a signal to end, came before it was done.</summary>
    Interrupted = 130,
}
