namespace IpMpsc.Benchmarks.Roles;

/// <summary>
/// The work that an external program does in a workload; docs/measuring-peers.md lists the kinds.
/// </summary>
/// <param name="Kind">One of the words by which a program says what it can do.</param>
internal sealed record ExternalWork(string Kind)
{
    /// <summary>The kinds whose two roles are called asker and answerer, because messages go there and back.</summary>
    public const string RoundTrip = "roundtrip";
    public const string Wake = "wake";

    /// <summary>The kind that needs only one process.</summary>
    public const string CopyFrame = "copy-frame";

    /// <summary>What follows the program's name in the name of the contender.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>How many processes send.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>Bytes of a message; 0 if they vary.</summary>
    public int Size { get; init; }

    /// <summary>How many messages are sent with one call.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Bytes that the transport may hold, a power of two.</summary>
    public long Capacity { get; init; } = 1 << 20;

    /// <summary>How many processes take part.</summary>
    public int Processes => Kind == CopyFrame ? 1 : 1 + Senders;

    /// <summary>The name of a role, by its index.</summary>
    public string RoleOf(int role) => (Kind, role) switch
    {
        (CopyFrame, _) => "alone",
        (RoundTrip or Wake, 0) => "asker",
        (RoundTrip or Wake, _) => "answerer",
        (_, 0) => "receiver",
        _ => "sender",
    };
}
