using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>How a message is stored. Used by generated code.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum MessageForm
{
    /// <summary>A fixed block that is not the struct in memory.</summary>
    None = 0,

    /// <summary>The struct in memory is the message.</summary>
    Image = 1,

    /// <summary>Parts of it lie behind its fixed block.</summary>
    Variable = 2,

    /// <summary>Within another message it is a payload of its own that tells its version, so it can grow.</summary>
    Growing = 4,
}
