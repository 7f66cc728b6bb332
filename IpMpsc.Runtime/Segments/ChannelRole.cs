namespace IpMpsc.Segments;

/// <summary>The role in which a participant joins a channel.</summary>
internal enum ChannelRole
{
    Sender,
    Receiver,
}
