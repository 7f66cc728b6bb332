using System.Text;

namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A probe with text and bytes; 40 bytes and its content.</summary>
[ChannelMessage]
public partial struct VariableProbe : IProbeMessage<VariableProbe>
{
    public int Sender;
    public uint Check;
    public long Sequence;
    public string Text;
    public ReadOnlyMemory<byte> Data;
    public byte[] Tail;

    public const int MinSize = 40;

    public static VariableProbe From(Probe probe)
    {
        Sizes sizes = SizesOf(probe);
        byte[] text = new byte[sizes.Text];
        byte[] data = new byte[sizes.Data];
        byte[] tail = new byte[sizes.Tail];
        Noise.FillText(text, probe.Sender, probe.Sequence);
        Noise.Fill(data, probe.Sender, probe.Sequence);
        Noise.Fill(tail, ~probe.Sender, probe.Sequence);
        return new VariableProbe
        {
            Sender = probe.Sender,
            Check = Noise.Check(probe.Sender, probe.Sequence, probe.Length),
            Sequence = probe.Sequence,
            Text = Encoding.UTF8.GetString(text),
            Data = data,
            Tail = tail,
        };
    }

    public readonly Probe Verify() => Verify(Sender, Sequence, Check, Encoding.UTF8.GetBytes(Text), Data.Span, Tail);

    public static Probe Verify(ReceivedMessage<VariableProbe> message)
    {
        View view = message.View;
        return Verify(view.Sender, view.Sequence, view.Check, view.Text, view.Data, view.Tail);
    }

    public static Claim<VariableProbe> Claim(Sender<VariableProbe> sender, Probe probe, CancellationToken cancellation) =>
        sender.Claim(SizesOf(probe), cancellation);

    public static Claim<VariableProbe> Claim(ExclusiveSender<VariableProbe> sender, Probe probe, CancellationToken cancellation) =>
        sender.Claim(SizesOf(probe), cancellation);

    public static bool TryClaim(
        Sender<VariableProbe> sender, Probe probe, TimeSpan timeout, CancellationToken cancellation, out Claim<VariableProbe> claim) =>
        sender.TryClaim(SizesOf(probe), out claim, timeout, cancellation);

    public static bool TryClaim(
        ExclusiveSender<VariableProbe> sender, Probe probe, TimeSpan timeout, CancellationToken cancellation, out Claim<VariableProbe> claim) =>
        sender.TryClaim(SizesOf(probe), out claim, timeout, cancellation);

    public static void Fill(Claim<VariableProbe> claim, Probe probe)
    {
        Writer writer = claim.Writer;
        writer.Sender = probe.Sender;
        writer.Check = Noise.Check(probe.Sender, probe.Sequence, probe.Length);
        writer.Sequence = probe.Sequence;
        Noise.FillText(writer.Text, probe.Sender, probe.Sequence);
        Noise.Fill(writer.Data, probe.Sender, probe.Sequence);
        Noise.Fill(writer.Tail, ~probe.Sender, probe.Sequence);
    }

    private static Sizes SizesOf(Probe probe)
    {
        int third = (probe.Length - MinSize) / 3;
        return new Sizes { Text = third, Data = third, Tail = probe.Length - MinSize - third - third };
    }

    private static Probe Verify(
        int sender, long sequence, uint check, ReadOnlySpan<byte> text, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tail)
    {
        Probe probe = new(sender, sequence, MinSize + text.Length + data.Length + tail.Length);
        bool isSound = check == Noise.Check(sender, sequence, probe.Length)
            && Noise.IsTextIn(text, sender, sequence)
            && Noise.IsIn(data, sender, sequence)
            && Noise.IsIn(tail, ~sender, sequence);
        return isSound ? probe : throw new ProbeException($"The content of variable probe {probe} is not what its sender wrote.");
    }
}
