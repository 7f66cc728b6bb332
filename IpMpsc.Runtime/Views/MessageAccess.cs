using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>A message within another one. Used by generated code.</summary>
/// <typeparam name="T">The message.</typeparam>
/// <typeparam name="TView">Its generated <c>View</c>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MessageAccess<T, TView> : IAccess<TView, WireRange>
    where T : struct, IChannelMessage<T>
    where TView : IMessageView<TView>, allows ref struct
{
    /// <inheritdoc />
    public static TView View(ReadOnlySpan<byte> payload, WireRange slot, [CallerMemberName] string field = "")
    {
        ReadOnlySpan<byte> nested = WireReader.Message<T>(payload, slot, field, out ushort version);
        return TView.Create(nested, version);
    }
}
