namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>What an operation does with a claim or a received message.</summary>
internal enum HandleUse
{
    /// <summary>Nothing that matters, such as being copied into a temporary of the compiler's.</summary>
    None,

    /// <summary>Looks at or changes the bytes in the ring.</summary>
    Access,

    /// <summary>Commits, aborts or disposes.</summary>
    End,

    /// <summary>Gives the variable another value.</summary>
    Replace,

    /// <summary>Hands it to code that is not analysed: from here on it is that code's.</summary>
    Escape,
}
