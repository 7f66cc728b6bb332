using System.ComponentModel;

namespace IpMpsc.Views;

/// <summary>What the generated <c>Writer</c> of each message with variable fields can do. Used by generated code.</summary>
/// <typeparam name="TSelf">The writer.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMessageWriter<TSelf> where TSelf : IMessageWriter<TSelf>, allows ref struct
{
    /// <summary>Gives access to a payload that was prepared.</summary>
    /// <param name="payload">The payload.</param>
    static abstract TSelf Create(Span<byte> payload);
}
