namespace IpMpsc.Segments;

/// <summary>As what a participant joins a channel.</summary>
internal enum ChannelRole
{
    Sender,
    Receiver,
}
