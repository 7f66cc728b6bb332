namespace IpMpsc.Nats.Brokers;

/// <summary>Errors of JetStream that mean something particular to a bridge.</summary>
internal static class ErrorCode
{
    public const int NoMessageFound = 10037;

    public const int StreamNameInUse = 10058;

    public const int StreamNotFound = 10059;

    /// <summary>Another message stands where this one should follow, by its id.</summary>
    public const int WrongLastMessageId = 10070;

    /// <summary>Another message stands where this one should follow, by its sequence.</summary>
    public const int WrongLastSequence = 10071;
}
