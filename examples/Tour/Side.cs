namespace IpMpsc.Examples.Tour;

/// <summary>Which end of a channel a process uses.</summary>
internal enum Side
{
    Sending,
    Receiving,
}
