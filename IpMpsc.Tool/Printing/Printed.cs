namespace IpMpsc.Tool.Printing;

/// <summary>What became of a message that was to be written.</summary>
internal enum Printed
{
    /// <summary>It was written.</summary>
    Written,

    /// <summary>It is not one of those that were asked for.</summary>
    Unwanted,

    /// <summary>Nobody reads the output any more.</summary>
    ReaderGone,
}
