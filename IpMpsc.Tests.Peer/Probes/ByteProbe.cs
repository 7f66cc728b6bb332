using System.Buffers.Binary;

namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A probe as raw bytes: sender i32, check u32, sequence i64, noise.</summary>
public static class ByteProbe
{
    public const int MinSize = 16;

    public static byte[] From(Probe probe)
    {
        byte[] payload = new byte[probe.Length];
        Fill(payload, probe);
        return payload;
    }

    /// <summary>The payloads of a batch.</summary>
    public static ReadOnlyMemory<byte>[] Payloads(IReadOnlyList<Probe> probes) => [.. probes.Select(probe => new ReadOnlyMemory<byte>(From(probe)))];

    /// <summary>
    /// The bytes to claim for a probe. If less is committed than was claimed, up to 64 bytes more than the message, so that the rest has every size up to some
    /// records.
    /// </summary>
    public static int RoomFor(Probe probe, ClaimEnd end, int most) => end == ClaimEnd.CommitShorter
        ? Math.Min(probe.Length + (int)(probe.Sequence % 65), most)
        : probe.Length;

    public static void Fill(Span<byte> payload, Probe probe)
    {
        BinaryPrimitives.WriteInt32LittleEndian(payload, probe.Sender);
        BinaryPrimitives.WriteUInt32LittleEndian(payload[4..], Noise.Check(probe.Sender, probe.Sequence, payload.Length));
        BinaryPrimitives.WriteInt64LittleEndian(payload[8..], probe.Sequence);
        Noise.Fill(payload[MinSize..], probe.Sender, probe.Sequence);
    }

    public static Probe Verify(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MinSize)
        {
            throw new ProbeException($"A byte probe has at least {MinSize} bytes, this one {payload.Length}.");
        }

        int sender = BinaryPrimitives.ReadInt32LittleEndian(payload);
        uint check = BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]);
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
        Probe probe = new(sender, sequence, payload.Length);
        return check == Noise.Check(sender, sequence, payload.Length) && Noise.IsIn(payload[MinSize..], sender, sequence)
            ? probe
            : throw new ProbeException($"The content of byte probe {probe} is not what its sender wrote.");
    }
}
