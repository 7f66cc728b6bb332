namespace IpMpsc.Examples.Tour;

/// <summary>The end of a channel that a process is at.</summary>
internal enum Side
{
    Sending,
    Receiving,
}
