namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>What gives access to bytes in the ring.</summary>
internal enum HandleKind
{
    None,

    /// <summary>A claim, until it is committed or aborted.</summary>
    Claim,

    /// <summary>A received message, until it is disposed.</summary>
    Message,

    /// <summary>A held message, until it is disposed; it may be stored, captured and passed to other threads.</summary>
    Held,

    /// <summary>The enumerator of <c>ReadAll</c>; each step releases the message of the step before.</summary>
    Enumerator,
}
