namespace IpMpsc.Ring;

/// <summary>Decides which committed messages a receiver steps over instead of handing them out.</summary>
internal interface IDropRule
{
    /// <summary>Whether to step over the message at the cursor, which is sound. It is asked again if the message was put back.</summary>
    /// <param name="ring">Shows the messages from the cursor on.</param>
    /// <param name="cursor">Where the message stands.</param>
    bool MustDrop(RingConsumer ring, long cursor);

    /// <summary>The cursor went back to a message that it had passed.</summary>
    void Rewind();
}
