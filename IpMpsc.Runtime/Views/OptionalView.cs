using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>An element of a collection that may be null, in place.</summary>
/// <typeparam name="TView">How it is seen.</typeparam>
/// <typeparam name="TAccess">How its bytes become that.</typeparam>
public readonly ref struct OptionalView<TView, TAccess>
    where TView : allows ref struct
    where TAccess : struct, IAccess<TView, WireRange>
{
    private readonly ReadOnlySpan<byte> _payload;
    private readonly WireRange _slot;
    private readonly string _field;

    internal OptionalView(ReadOnlySpan<byte> payload, WireRange slot, string field)
    {
        _payload = payload;
        _slot = slot;
        _field = field;
    }

    /// <summary>Whether it is not null.</summary>
    public bool HasValue => WireReader.HasValue(_slot);

    /// <summary>The element; empty if it is null.</summary>
    /// <exception cref="MessageFormatException">The bytes cannot be such an element.</exception>
    public TView Value => TAccess.View(_payload, _slot, _field);
}
