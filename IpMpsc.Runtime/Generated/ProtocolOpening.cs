using System.ComponentModel;
using IpMpsc.Segments;

namespace IpMpsc.Generated;

/// <summary>What a participant of a protocol does about a channel that exists or does not. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ProtocolOpening
{
    /// <summary>Makes the channel; its name must be free.</summary>
    Create = OpenMode.CreateNew,

    /// <summary>Opens an existing channel.</summary>
    Open = OpenMode.OpenExisting,

    /// <summary>Opens the channel, or makes it if there is none.</summary>
    OpenOrCreate = OpenMode.OpenOrCreate,

    /// <summary>Makes the channel in place of one that nobody has open.</summary>
    Replace = OpenMode.Replace,
}
