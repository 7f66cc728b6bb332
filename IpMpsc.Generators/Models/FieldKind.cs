namespace IpMpsc.Generators.Models;

/// <summary>How a field travels.</summary>
internal enum FieldKind
{
    /// <summary>In the fixed block, bit for bit.</summary>
    Fixed,

    /// <summary>In the fixed block, as a byte: a sender may store more than the two values of a bool.</summary>
    Boolean,

    /// <summary>A string, as UTF-8 behind the fixed block.</summary>
    Text,

    /// <summary>A string, as UTF-16 behind the fixed block.</summary>
    Text16,

    /// <summary>The path of a channel, as UTF-8 behind the fixed block.</summary>
    Address,

    /// <summary>An array of a fixed type, behind the fixed block.</summary>
    Array,

    /// <summary>A message with variable fields, behind the fixed block.</summary>
    Message,

    /// <summary>An array of messages with variable fields: their ranges, and the messages behind these.</summary>
    Messages,
}
