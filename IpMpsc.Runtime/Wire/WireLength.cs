using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace IpMpsc.Wire;

/// <summary>Adds up the payload bytes of a message with variable fields. Used by generated code.</summary>
/// <param name="fixedSize">Size of the fixed block.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WireLength(int fixedSize) : IWirePass
{
    // 64 bits, so that adding lengths below 2^31 need not be checked one by one.
    private long _total = fixedSize;

    /// <summary>The sum.</summary>
    /// <exception cref="ArgumentException">It is more than a payload can ever have.</exception>
    public readonly int Total
    {
        get
        {
            if (_total > int.MaxValue)
            {
                WireThrowHelper.ThrowMessageTooLong(_total);
            }

            return (int)_total;
        }
    }

    /// <summary>Adds a text in UTF-8; null counts as the empty text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="ArgumentException">The text has half a surrogate pair.</exception>
    public void AddText(string? value, string field)
    {
        if (value is not null)
        {
            _total += StrictUtf8.Measure(value, field);
        }
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<T, TSlot, TCodec>(in T value, ref TSlot slot, TCodec codec, string field)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot> =>
        TCodec.Measure(ref this, in value, field);

    /// <inheritdoc />
    public void Reserve<T>(int? count, ref WireRange slot, string field) where T : unmanaged => AddElements<T>(count, field);

    /// <inheritdoc />
    public void Prepare<T, TSizes>(TSizes? sizes, ref WireRange slot)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        if (sizes is { } present)
        {
            AddMessage(TSizes.Measure(in present), T.PayloadAlignment);
        }
    }

    /// <inheritdoc />
    public void PrepareAll<T, TSizes>(ReadOnlyMemory<TSizes>? sizes, ref WireRange slot)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        if (sizes is not { } present)
        {
            return;
        }

        AddElements<WireRange>(present.Length, "");
        foreach (ref readonly TSizes message in present.Span)
        {
            AddMessage(TSizes.Measure(in message), T.PayloadAlignment);
        }
    }

    /// <summary>Adds elements.</summary>
    /// <param name="count">How many; null for a field without a value, which takes no room.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    internal void AddElements<T>(int? count, string field) where T : unmanaged
    {
        if (count is { } elements)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(elements, field);
            Align(WireAlignment<T>.Value);
            _total += (long)elements * Unsafe.SizeOf<T>();
        }
    }

    /// <summary>Adds a message with its version.</summary>
    internal void AddMessage(int length, int alignment)
    {
        Align(alignment);
        _total += length + (long)WireRange.VersionSize;
    }

    private void Align(int alignment) => _total = (_total + alignment - 1) & -(long)alignment;
}
