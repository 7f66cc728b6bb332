namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A message that can be checked: its sender, its number among that sender's messages, and its payload bytes.</summary>
/// <remarks>Everything else in the payload follows from these three, so a receiver can check every byte.</remarks>
public readonly record struct Probe(int Sender, long Sequence, int Length)
{
    public override string ToString() => $"{Sender}:{Sequence}:{Length}";

    public static Probe Parse(string text)
    {
        string[] parts = text.Split(':');
        return new Probe(int.Parse(parts[0]), long.Parse(parts[1]), int.Parse(parts[2]));
    }
}
