using IpMpsc.Benchmarks.External;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>A way of doing a workload.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Kind">Whether it is the library, an alternative to it, or what the hardware allows.</param>
/// <param name="Roles">
/// The measuring role, the role of every sender, and the roles of further processes, which play one each. Only the first if one process does everything.
/// </param>
internal sealed record Contender(string Name, ContenderKind Kind, params IReadOnlyList<Func<Job, IRole>> Roles)
{
    /// <summary>How many processes play the second role.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>Whether its processes are pinned before .NET starts, by the process that starts them, and not by themselves.</summary>
    public bool IsPinnedFromOutside { get; init; }

    /// <summary>The program that plays all roles; null if this program does.</summary>
    public ExternalPart? External { get; init; }

    /// <summary>How many processes take part.</summary>
    public int Processes => External?.Work.Processes ?? (Roles.Count == 1 ? 1 : Senders + Roles.Count - 1);
}
