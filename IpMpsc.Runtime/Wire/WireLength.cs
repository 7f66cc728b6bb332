using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace IpMpsc.Wire;

/// <summary>Adds up the payload bytes of a message with variable fields. Used by generated code.</summary>
/// <param name="fixedSize">Size of the fixed block.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WireLength(int fixedSize)
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

    /// <summary>Adds an array.</summary>
    /// <param name="count">How many elements; null for no array at all, which takes no room.</param>
    /// <param name="alignment">What the offset of the first element is a multiple of.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public void AddArray<T>(int? count, int alignment, string field) where T : unmanaged
    {
        if (count is { } elements)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(elements, field);
            Align(alignment);
            _total += (long)elements * Unsafe.SizeOf<T>();
        }
    }

    /// <summary>Adds a message with variable fields of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="alignment">What the offset of its payload is a multiple of.</param>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <exception cref="ArgumentException">A field of it cannot be encoded.</exception>
    public void AddMessage<T>(in T message, int alignment) where T : struct, IChannelMessage<T>
    {
        Align(alignment);
        _total += T.Measure(in message);
    }

    /// <summary>Adds messages with variable fields of their own.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="alignment">What the offset of each of their payloads is a multiple of.</param>
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <exception cref="ArgumentException">A field of one of them cannot be encoded.</exception>
    public void AddMessages<T>(ReadOnlySpan<T> messages, int alignment) where T : struct, IChannelMessage<T>
    {
        AddRanges(messages.Length);
        foreach (ref readonly T message in messages)
        {
            AddMessage(in message, alignment);
        }
    }

    /// <summary>Adds a message that will be written in place.</summary>
    /// <param name="sizes">The lengths of its variable fields.</param>
    /// <param name="alignment">What the offset of its payload is a multiple of.</param>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <typeparam name="TSizes">Its generated <c>Sizes</c>.</typeparam>
    public void AddSizes<T, TSizes>(in TSizes sizes, int alignment)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T>
    {
        Align(alignment);
        _total += sizes.PayloadLength;
    }

    /// <summary>Adds messages that will be written in place.</summary>
    /// <param name="sizes">The lengths of the variable fields of each.</param>
    /// <param name="alignment">What the offset of each of their payloads is a multiple of.</param>
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <typeparam name="TSizes">Their generated <c>Sizes</c>.</typeparam>
    public void AddSizes<T, TSizes>(ReadOnlySpan<TSizes> sizes, int alignment)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T>
    {
        AddRanges(sizes.Length);
        foreach (ref readonly TSizes message in sizes)
        {
            AddSizes<T, TSizes>(in message, alignment);
        }
    }

    private void AddRanges(int count)
    {
        Align(WireRange.Alignment);
        _total += (long)count * WireRange.Size;
    }

    private void Align(int alignment) => _total = (_total + alignment - 1) & -(long)alignment;
}
