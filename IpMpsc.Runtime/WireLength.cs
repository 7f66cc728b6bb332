using System.ComponentModel;

namespace IpMpsc;

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

    /// <summary>Adds bytes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public void AddBytes(int count, string field)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, field);
        _total += count;
    }
}
