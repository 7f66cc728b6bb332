namespace IpMpsc.Tool.Messages;

/// <summary>What became of a received message.</summary>
internal enum Handled
{
    /// <summary>It was dealt with, and the next one may come.</summary>
    AndGoOn,

    /// <summary>It was dealt with, and was the last one.</summary>
    AndEnd,

    /// <summary>It could not be dealt with, and is to stay in the channel.</summary>
    NotAtAll,
}
