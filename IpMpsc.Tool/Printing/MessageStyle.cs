namespace IpMpsc.Tool.Printing;

/// <summary>How messages are written.</summary>
internal enum MessageStyle
{
    /// <summary>The name of the type and the message, for people.</summary>
    Text,

    /// <summary>A line of JSON each, with position, type and version, for programs.</summary>
    Json,

    /// <summary>The bytes.</summary>
    Hex,
}
