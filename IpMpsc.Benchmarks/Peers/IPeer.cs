using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Peers;

/// <summary>A participating process, as seen by the process that controls the run.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>Hands out a job and waits until the process has prepared for it.</summary>
    Task PrepareAsync(Job job);

    /// <summary>Starts the run.</summary>
    Task GoAsync();

    /// <summary>Waits for the end of the run.</summary>
    Task<Outcome> FinishAsync();
}
