namespace IpMpsc.Tool.Messages;

/// <summary>What happened to a received message.</summary>
internal enum Handled
{
    /// <summary>It was handled; continue.</summary>
    AndGoOn,

    /// <summary>It was handled and is the last one.</summary>
    AndEnd,

    /// <summary>It could not be handled and stays in the channel.</summary>
    NotAtAll,
}
