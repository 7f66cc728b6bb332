namespace IpMpsc.Segments;

/// <summary>What an <see cref="Attachment"/> asks of those that use its mapping.</summary>
internal interface IAttachmentUser
{
    /// <summary>Whether a use is open: a call is running, or a claim or a message is in hand.</summary>
    bool IsInUse { get; }
}
