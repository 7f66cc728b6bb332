using IpMpsc.Ring;

namespace IpMpsc.Dropping;

/// <summary>Steps over the oldest messages of a ring that is nearly full, until it is less so.</summary>
internal sealed class OldestDropRule(long capacity) : IDropRule
{
    private readonly long _most = capacity - (capacity / 8);
    private readonly long _enough = capacity - (capacity / 4);
    private bool _isDropping;

    public bool MustDrop(RingConsumer ring, long cursor)
    {
        _isDropping = ring.Backlog > (_isDropping ? _enough : _most);
        return _isDropping;
    }

    public void Rewind()
    {
    }
}
