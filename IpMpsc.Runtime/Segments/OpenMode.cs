namespace IpMpsc.Segments;

/// <summary>Whether opening expects, allows or replaces an existing channel.</summary>
internal enum OpenMode
{
    /// <summary>Create a channel; the name must be free.</summary>
    CreateNew,

    /// <summary>Open an existing channel.</summary>
    OpenExisting,

    /// <summary>Open the channel if it exists; create it otherwise.</summary>
    OpenOrCreate,

    /// <summary>Create a channel and replace an existing one, which nobody may use.</summary>
    Replace,
}
