namespace IpMpsc.Tool.CommandLine;

/// <summary>Exit codes for scripts; docs/tool.md lists them.</summary>
internal enum ExitCode
{
    /// <summary>Success.</summary>
    Success = 0,

    /// <summary>Any failure without a code of its own.</summary>
    Failed = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>The channel or file does not exist.</summary>
    NotFound = 3,

    /// <summary>The channel is in use in a way that excludes this command.</summary>
    InUse = 4,

    /// <summary>The system does not allow it: permissions, space, the kind of file.</summary>
    NotAllowed = 5,

    /// <summary>The file is not a channel, or has another layout version or another schema.</summary>
    Mismatch = 6,

    /// <summary>The channel is damaged.</summary>
    Corrupt = 7,

    /// <summary>The input, or the file to replay, is invalid or does not fit.</summary>
    BadData = 8,

    /// <summary>Interrupted by Ctrl-C or a signal.</summary>
    Interrupted = 130,
}
