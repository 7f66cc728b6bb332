namespace IpMpsc.Examples.Tour;

/// <summary>Compares what both sides reported about one stage.</summary>
internal sealed class StageResult(string name, List<Tally> tallies)
{
    private readonly Dictionary<int, Tally> _sent = BySender(tallies, Side.Sending);
    private readonly Dictionary<int, Tally> _received = BySender(tallies, Side.Receiving);

    private long Messages => _received.Values.Sum(tally => tally.Messages);

    private double MessagesPerSecond =>
        Messages / TimeSpan.FromTicks(Math.Max(1, _received[0].ElapsedTicks)).TotalSeconds;

    /// <summary>A line for each sender whose messages did not all arrive once, unchanged and in order.</summary>
    private IEnumerable<string> Complaints =>
        from sender in _sent.Keys
        let sent = _sent[sender]
        let received = _received[sender]
        where !sent.Agrees(received)
        select $"{name}, sender {sender}: sent {Describe(sent)}; received {Describe(received)}, " +
            $"{received.Misplaced:N0} out of place.";

    /// <summary>The row of the table.</summary>
    /// <param name="messages">What was sent.</param>
    public Finding ToFinding(string messages) => new(
        $"{Messages:N0} {messages}",
        Units.Rate(MessagesPerSecond),
        "",
        "once and in order",
        [.. Complaints]);

    private static string Describe(in Tally tally) =>
        $"{tally.Messages:N0} messages, {tally.Bytes:N0} bytes, checksum {tally.Checksum:X16}";

    private static Dictionary<int, Tally> BySender(List<Tally> tallies, Side side) =>
        tallies.Where(tally => tally.Side == side).ToDictionary(tally => tally.Sender);
}
