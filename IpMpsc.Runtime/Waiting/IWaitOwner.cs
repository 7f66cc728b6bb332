using System.Diagnostics.CodeAnalysis;

namespace IpMpsc.Waiting;

/// <summary>The participant whose calls wait. Its end ends them.</summary>
internal interface IWaitOwner
{
    /// <summary>Whether the participant was closed.</summary>
    bool IsClosed { get; }

    /// <summary>Throws what a call on a closed participant throws.</summary>
    [DoesNotReturn]
    void ThrowClosed();
}
