namespace IpMpsc.Platform;

/// <summary>Why a channel could not be created, opened or deleted; the root turns each into its public exception.</summary>
internal enum FaultKind
{
    /// <summary>The path, the directory or the file system does not allow it.</summary>
    File,

    /// <summary>No file has this name.</summary>
    NotFound,

    /// <summary>The name, the receiver's place or every slot is taken.</summary>
    InUse,

    /// <summary>The channel exists, but it is not the one that the caller described.</summary>
    Mismatch,

    /// <summary>The file cannot be what the protocol made.</summary>
    Corrupt,

    /// <summary>The channel was deleted or replaced.</summary>
    Retired,
}
