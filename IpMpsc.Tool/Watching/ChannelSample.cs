namespace IpMpsc.Tool.Watching;

/// <summary>A channel at one moment, and its rates since the previous sample.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Verdicts">The verdicts about it, the worst first.</param>
/// <param name="MessagesPerSecond">Messages received.</param>
/// <param name="BytesInPerSecond">Bytes claimed, with headers and fillers.</param>
/// <param name="BytesOutPerSecond">Bytes released.</param>
internal sealed record ChannelSample(
    ChannelInfo Channel, IReadOnlyList<ChannelVerdict> Verdicts, double MessagesPerSecond, double BytesInPerSecond, double BytesOutPerSecond);
