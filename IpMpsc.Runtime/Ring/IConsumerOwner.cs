namespace IpMpsc.Ring;

/// <summary>A receiver of this library: what it receives comes through a consumer.</summary>
internal interface IConsumerOwner
{
    /// <summary>The receiver's side of the ring.</summary>
    RingConsumer Consumer { get; }
}
