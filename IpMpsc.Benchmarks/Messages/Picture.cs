namespace IpMpsc.Benchmarks.Messages;

/// <summary>The content of a frame's planes, so that the receiver can check whether it is complete.</summary>
internal static class Picture
{
    /// <summary>The receiver checks one byte of each page.</summary>
    private const int Stride = 4096;

    private const byte Grey = 0x80;

    /// <summary>A plane as a camera would have it in its own memory.</summary>
    public static byte[] Plane(int length)
    {
        byte[] plane = new byte[length];
        Array.Fill(plane, Grey);
        return plane;
    }

    /// <summary>Draws a whole plane.</summary>
    public static void Draw(Span<byte> plane, long number)
    {
        plane.Fill(Grey);
        Ends.Stamp(plane, number);
    }

    /// <summary>Checks a plane.</summary>
    /// <exception cref="BenchmarkException">It is not what was sent.</exception>
    public static void Verify(ReadOnlySpan<byte> plane, int length, long number)
    {
        bool whole = Ends.Hold(plane, length, number);
        for (int index = Stride; index < plane.Length - sizeof(long); index += Stride)
        {
            whole &= plane[index] == Grey;
        }

        if (!whole)
        {
            throw new BenchmarkException($"A plane of {plane.Length:N0} bytes, of {length:N0}, of frame {number} is damaged.");
        }
    }
}
