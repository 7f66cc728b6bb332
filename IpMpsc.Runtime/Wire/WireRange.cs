using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>
/// Where the bytes of a variable field lie in the payload: 8 bytes of the fixed block.
/// Used by generated code.
/// </summary>
/// <remarks>
/// It has no members that compute: a method on a range that lies in the ring would read its words
/// again after they were checked. <see cref="WireReader"/> takes ranges by value for that reason.
/// An offset of 0 would point at the fixed block itself, so a range of zeros is free to mean "no value".
/// </remarks>
/// <param name="offset">Bytes from the start of the payload.</param>
/// <param name="length">Bytes, not elements, so that a range can be checked without knowing its type.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WireRange(uint offset, uint length)
{
    /// <summary>Bytes from the start of the payload.</summary>
    public readonly uint Offset = offset;

    /// <summary>Length in bytes.</summary>
    public readonly uint Length = length;

    internal const int Alignment = 4;

    /// <summary>Bytes of the version at the end of a nested payload.</summary>
    internal const int VersionSize = 2;
}
