namespace IpMpsc.Segments;

/// <summary>What may exist before, and what shall exist after, a channel is opened.</summary>
internal enum OpenMode
{
    /// <summary>Make a channel; the name must be free.</summary>
    CreateNew,

    /// <summary>Open a channel that exists.</summary>
    OpenExisting,

    /// <summary>Open it if it exists and make it otherwise.</summary>
    OpenOrCreate,

    /// <summary>Make a channel in place of one that nobody uses.</summary>
    Replace,
}
