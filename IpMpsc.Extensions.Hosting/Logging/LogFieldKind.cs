namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>What a value of a log event was before it became text.</summary>
public enum LogFieldKind : byte
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>A text, or anything that is shown as one.</summary>
    Text,

    /// <summary>A number that JSON can show.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}
