using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Sizes and endpoints of each kind of channel.</summary>
public static class ProbeKinds
{
    /// <summary>Payload bytes of the smallest probe of a kind.</summary>
    public static int MinLength(this ProbeKind kind) => kind switch
    {
        ProbeKind.Fixed => FixedProbe.Size,
        ProbeKind.Variable => VariableProbe.MinSize,
        _ => ByteProbe.MinSize,
    };

    public static bool IsTyped(this ProbeKind kind) => kind != ProbeKind.Bytes;

    /// <summary>A probe as long as the kind allows: fixed ones have one length only.</summary>
    public static Probe Probe(this ProbeKind kind, int sender, long sequence, int length = 0) => new(
        sender, sequence, kind == ProbeKind.Fixed ? FixedProbe.Size : Math.Max(length, kind.MinLength()));

    public static ProbeSender OpenSender(this ProbeKind kind, SenderFlavour flavour, string channel, IpcChannelOptions? options = null)
    {
        options = PeerAccess.Apply(options);
        return (kind, flavour) switch
        {
            (ProbeKind.Fixed, SenderFlavour.Shared) => new SharedProbeSender<FixedProbe>(channel, options),
            (ProbeKind.Fixed, _) => new ExclusiveProbeSender<FixedProbe>(channel, options),
            (ProbeKind.Variable, SenderFlavour.Shared) => new SharedProbeSender<VariableProbe>(channel, options),
            (ProbeKind.Variable, _) => new ExclusiveProbeSender<VariableProbe>(channel, options),
            (_, SenderFlavour.Shared) => new ByteProbeSender(channel, options),
            _ => new ExclusiveByteProbeSender(channel, options),
        };
    }

    public static ProbeReceiver CreateReceiver(this ProbeKind kind, string channel, IpcChannelOptions? options = null) => kind switch
    {
        ProbeKind.Fixed => new TypedProbeReceiver<FixedProbe>(Receiver<FixedProbe>.Create(channel, options)),
        ProbeKind.Variable => new TypedProbeReceiver<VariableProbe>(Receiver<VariableProbe>.Create(channel, options)),
        _ => new ByteProbeReceiver(ByteReceiver.Create(channel, options)),
    };

    public static ProbeReceiver OpenReceiver(this ProbeKind kind, string channel, IpcChannelOptions? options = null)
    {
        options = PeerAccess.Apply(options);
        return kind switch
        {
            ProbeKind.Fixed => new TypedProbeReceiver<FixedProbe>(Receiver<FixedProbe>.Open(channel, options)),
            ProbeKind.Variable => new TypedProbeReceiver<VariableProbe>(Receiver<VariableProbe>.Open(channel, options)),
            _ => new ByteProbeReceiver(ByteReceiver.Open(channel, options)),
        };
    }
}
