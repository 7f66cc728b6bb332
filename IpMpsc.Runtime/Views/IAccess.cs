using System.ComponentModel;

namespace IpMpsc.Views;

/// <summary>One way to see a value in place. Used by generated code.</summary>
/// <typeparam name="TView">What is seen.</typeparam>
/// <typeparam name="TSlot">What stands for it in the payload.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAccess<TView, TSlot>
    where TView : allows ref struct
    where TSlot : unmanaged
{
    /// <summary>Looks at a value.</summary>
    /// <param name="payload">The payload that it is in.</param>
    /// <param name="slot">What its slot holds; a copy.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The bytes cannot be such a value.</exception>
    static abstract TView View(ReadOnlySpan<byte> payload, TSlot slot, string field);
}
