using System.Buffers.Binary;

namespace IpMpsc.Tests.Peer.Probes;

/// <summary>The bytes that fill a probe: reproducible, and different in every probe.</summary>
public static class Noise
{
    /// <summary>A checksum of the three numbers of a probe.</summary>
    public static uint Check(int sender, long sequence, int length) =>
        (uint)(Mix(Mix((ulong)sender, (ulong)sequence), (ulong)length) >> 32);

    /// <summary>A number below a limit, the same for the same seed and index.</summary>
    public static int Below(int limit, int seed, long index) =>
        (int)(Mix((ulong)seed, (ulong)index) % (ulong)limit);

    public static void Fill(Span<byte> bytes, int sender, long sequence)
    {
        ulong seed = Mix((ulong)sender, (ulong)sequence);
        ulong part = 0;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Mix(seed, part++));
        }

        ulong rest = Mix(seed, part);
        foreach (ref byte last in bytes)
        {
            last = (byte)rest;
            rest >>= 8;
        }
    }

    public static bool IsIn(ReadOnlySpan<byte> bytes, int sender, long sequence)
    {
        ulong seed = Mix((ulong)sender, (ulong)sequence);
        ulong part = 0;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Mix(seed, part++))
            {
                return false;
            }
        }

        ulong rest = Mix(seed, part);
        foreach (byte last in bytes)
        {
            if (last != (byte)rest)
            {
                return false;
            }

            rest >>= 8;
        }

        return true;
    }

    /// <summary>UTF-8 text: a character of two bytes where there is room for it, then letters.</summary>
    public static void FillText(Span<byte> utf8, int sender, long sequence)
    {
        for (int at = 0; at < utf8.Length; at++)
        {
            utf8[at] = TextByte(at, utf8.Length, sender, sequence);
        }
    }

    public static bool IsTextIn(ReadOnlySpan<byte> utf8, int sender, long sequence)
    {
        for (int at = 0; at < utf8.Length; at++)
        {
            if (utf8[at] != TextByte(at, utf8.Length, sender, sequence))
            {
                return false;
            }
        }

        return true;
    }

    private static byte TextByte(int at, int length, int sender, long sequence) => (at, length) switch
    {
        (0, >= 2) => 0xC3,
        (1, >= 2) => 0xA9,
        _ => (byte)('a' + (((sender * 7) + sequence + at) % 26)),
    };

    /// <summary>SplitMix64.</summary>
    private static ulong Mix(ulong a, ulong b)
    {
        ulong z = (a * 0x9E3779B97F4A7C15) + b + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
