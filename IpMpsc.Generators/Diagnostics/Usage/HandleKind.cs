namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>What a variable stands for that gives access to bytes in the ring.</summary>
internal enum HandleKind
{
    None,

    /// <summary>A claim, until it is committed or aborted.</summary>
    Claim,

    /// <summary>A received message, until it is disposed.</summary>
    Message,

    /// <summary>What <c>ReadAll</c> is iterated with; each step ends the message before.</summary>
    Enumerator,
}
