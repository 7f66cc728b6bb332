namespace IpMpsc.Benchmarks.Roles;

/// <summary>The part that one process plays in a run.</summary>
internal interface IRole : IDisposable
{
    /// <summary>
    /// Creates what the others will open, and opens what others have created. All prepare, in the order of their roles,
    /// before any of them runs.
    /// </summary>
    void Prepare();

    /// <summary>Moves the messages and verifies them.</summary>
    Outcome Run();
}
