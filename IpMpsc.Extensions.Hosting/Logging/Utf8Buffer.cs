using System.Runtime.CompilerServices;
using System.Text;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>A growing array of bytes that is used again for each event.</summary>
internal sealed class Utf8Buffer
{
    /// <summary>A buffer that one long event has made larger than this is not kept.</summary>
    private const int MostKept = 1 << 16;

    private byte[] _bytes = new byte[1024];

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The bytes from an offset on, to be changed.</summary>
    public Span<byte> this[int offset, int length] => _bytes.AsSpan(offset, length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > MostKept)
        {
            _bytes = new byte[MostKept];
        }
    }

    /// <summary>At least so many free bytes; <see cref="Advance"/> says how many were used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int least)
    {
        if (_bytes.Length - Length < least)
        {
            Grow(least);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>Adds zeros.</summary>
    public void AppendZeros(int count)
    {
        Room(count)[..count].Clear();
        Length += count;
    }

    /// <summary>Adds zeros up to a multiple of four.</summary>
    public void Align() => AppendZeros(-Length & 3);

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        Length += utf8.Length;
    }

    /// <summary>Adds a text as UTF-8, at most so many bytes of it; what is no text becomes U+FFFD.</summary>
    /// <returns>Whether all of it was added.</returns>
    public bool Append(ReadOnlySpan<char> text, int most = int.MaxValue)
    {
        int longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        int start = Length;
        Length += Encoding.UTF8.GetBytes(text, Room(longest));
        return !Cut(start, most);
    }

    /// <summary>Forgets what was added behind a place.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Cuts the text that was added from a place on to so many bytes, between two characters.</summary>
    /// <returns>Whether anything was cut.</returns>
    public bool Cut(int start, int most)
    {
        if (Length - start <= most)
        {
            return false;
        }

        // The first byte that goes must begin a character.
        Length = start + most;
        while (Length > start && (_bytes[Length] & 0xC0) == 0x80)
        {
            Length--;
        }

        return true;
    }

    /// <summary>Moves what was added from a place on to the right, and fills the gap with spaces.</summary>
    public void PadLeft(int start, int width)
    {
        int length = Length - start;
        int missing = width - CharactersFrom(start);
        if (missing > 0)
        {
            Room(missing);
            _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(start + missing));
            _bytes.AsSpan(start, missing).Fill((byte)' ');
            Length += missing;
        }
    }

    /// <summary>Adds spaces until what was added from a place on is so wide.</summary>
    public void PadRight(int start, int width)
    {
        int missing = width - CharactersFrom(start);
        if (missing > 0)
        {
            Room(missing)[..missing].Fill((byte)' ');
            Length += missing;
        }
    }

    /// <summary>How many UTF-16 characters the text has, which is what widths count.</summary>
    private int CharactersFrom(int start) => Encoding.UTF8.GetCharCount(_bytes, start, Length - start);

    private void Grow(int least) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + least));
}
