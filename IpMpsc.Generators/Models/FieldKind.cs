namespace IpMpsc.Generators;

/// <summary>How a field travels.</summary>
internal enum FieldKind
{
    /// <summary>In the fixed block, bit for bit.</summary>
    Fixed,

    /// <summary>In the fixed block, as a byte: a sender may store more than the two values of a bool.</summary>
    Boolean,

    /// <summary>A string, as UTF-8 behind the fixed block.</summary>
    Text,

    /// <summary>A <c>ReadOnlyMemory&lt;byte&gt;</c>, behind the fixed block.</summary>
    Memory,

    /// <summary>A <c>byte[]</c>, behind the fixed block.</summary>
    Array,
}
