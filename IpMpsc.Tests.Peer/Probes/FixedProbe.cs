namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A probe of 40 bytes: with its header it leaves no byte of the smallest ring unused.</summary>
[ChannelMessage]
public partial struct FixedProbe : IProbeMessage<FixedProbe>
{
    public int Sender;
    public uint Check;
    public long Sequence;
    public double Half;
    public long Negated;
    public int Low;
    public bool IsOdd;

    public const int Size = 40;

    public static FixedProbe From(Probe probe) => new()
    {
        Sender = probe.Sender,
        Check = Noise.Check(probe.Sender, probe.Sequence, Size),
        Sequence = probe.Sequence,
        Half = probe.Sequence / 2.0,
        Negated = ~probe.Sequence,
        Low = (int)probe.Sequence,
        IsOdd = (probe.Sequence & 1) != 0,
    };

    public readonly Probe Verify() => Verify(in this);

    public static Probe Verify(ReceivedMessage<FixedProbe> message)
    {
        FixedProbe probe = message.View.Read();
        return Verify(in probe);
    }

    public static Claim<FixedProbe> Claim(Sender<FixedProbe> sender, Probe probe, CancellationToken cancellation) =>
        sender.Claim(cancellation);

    public static Claim<FixedProbe> Claim(ExclusiveSender<FixedProbe> sender, Probe probe, CancellationToken cancellation) =>
        sender.Claim(cancellation);

    public static bool TryClaim(
        Sender<FixedProbe> sender, Probe probe, TimeSpan timeout, CancellationToken cancellation, out Claim<FixedProbe> claim) =>
        sender.TryClaim(out claim, timeout, cancellation);

    public static bool TryClaim(
        ExclusiveSender<FixedProbe> sender, Probe probe, TimeSpan timeout, CancellationToken cancellation, out Claim<FixedProbe> claim) =>
        sender.TryClaim(out claim, timeout, cancellation);

    public static void Fill(Claim<FixedProbe> claim, Probe probe)
    {
        ref FixedProbe writer = ref claim.Writer;
        writer.Sender = probe.Sender;
        writer.Check = Noise.Check(probe.Sender, probe.Sequence, Size);
        writer.Sequence = probe.Sequence;
        writer.Half = probe.Sequence / 2.0;
        writer.Negated = ~probe.Sequence;
        writer.Low = (int)probe.Sequence;
        writer.IsOdd = (probe.Sequence & 1) != 0;
    }

    private static Probe Verify(in FixedProbe message)
    {
        Probe probe = new(message.Sender, message.Sequence, Size);
        FixedProbe expected = From(probe);
        bool isSound = message.Check == expected.Check
            && message.Half == expected.Half
            && message.Negated == expected.Negated
            && message.Low == expected.Low
            && message.IsOdd == expected.IsOdd;
        return isSound ? probe : throw new ProbeException($"The fields of fixed probe {probe} are not those that its sender wrote.");
    }
}
