namespace IpMpsc.Platform;

/// <summary>Why a channel could not be created, opened or deleted. The root translates each kind into a public exception.</summary>
internal enum FaultKind
{
    /// <summary>The path, the directory, the file system or the machine does not allow it.</summary>
    File,

    /// <summary>No file has this name.</summary>
    NotFound,

    /// <summary>The name, the receiver's place or every slot is taken.</summary>
    InUse,

    /// <summary>The channel exists but is not the one that the caller expects.</summary>
    Mismatch,

    /// <summary>The protocol cannot have produced the content of the file.</summary>
    Corrupt,

    /// <summary>The channel was deleted or replaced.</summary>
    Retired,
}
