namespace IpMpsc.Benchmarks.Roles;

/// <summary>The work of one process in one run.</summary>
internal sealed record Job
{
    /// <summary>Name of the workload.</summary>
    public required string Workload { get; init; }

    /// <summary>Name of the contender.</summary>
    public required string Contender { get; init; }

    /// <summary>Index of the role that this process plays: 0 for the one that measures, 1 for every sender.</summary>
    public required int Role { get; init; }

    /// <summary>Index of this sender, from 0.</summary>
    public int Sender { get; init; }

    /// <summary>How many senders take part.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>A path to which the run may append to name files, channels and sockets.</summary>
    public required string Address { get; init; }

    /// <summary>A file with the texts of log lines, one in each of its lines.</summary>
    public required string Texts { get; init; }

    /// <summary>The work of an external program; null if this program does it.</summary>
    public ExternalWork? Work { get; init; }

    /// <summary>Messages of each sender, or round trips.</summary>
    public required long Count { get; init; }

    /// <summary>Whether each round trip is to be timed by itself.</summary>
    public bool TimesEach { get; init; }

    /// <summary>Whether the process was pinned before it started, and keeps that affinity.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Processors that this job may use, the first one first; none to let the system choose.</summary>
    public int[] Processors { get; init; } = [];
}
