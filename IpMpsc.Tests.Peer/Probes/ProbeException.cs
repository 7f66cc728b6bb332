namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A message is not what its sender wrote, or not the one that was due.</summary>
public sealed class ProbeException(string message) : Exception(message)
{
    /// <summary>Another message of its sender was due than the one that came.</summary>
    public static ProbeException OutOfTurn(long due, Probe came)
    {
        string what = came.Sequence > due ? "messages are missing" : "it came twice, or late";
        return new ProbeException($"Sender {came.Sender}'s message {due} was due, {came.Sequence} came: {what}.");
    }
}
