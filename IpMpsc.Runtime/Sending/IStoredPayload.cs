namespace IpMpsc.Sending;

/// <summary>A payload that owns what it writes, so it can wait for room in a <see cref="SendQueue{TPayload}"/>.</summary>
internal interface IStoredPayload : IPayload
{
    /// <summary>Gives back the memory of the payload. Called once, when its send has ended.</summary>
    void Free();
}
