using System.ComponentModel;

namespace IpMpsc.Views;

/// <summary>What the generated <c>View</c> of each message can do. Used by generated code.</summary>
/// <typeparam name="TSelf">The view.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMessageView<TSelf> where TSelf : IMessageView<TSelf>, allows ref struct
{
    /// <summary>Looks at a payload without copying anything.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="version">The version of the message with which its sender was compiled.</param>
    static abstract TSelf Create(ReadOnlySpan<byte> payload, ushort version);
}
