namespace IpMpsc.Dropping;

/// <summary>The table of keys of one type.</summary>
/// <param name="key">Reads the key of a message.</param>
internal sealed class KeyTable<TKey>(PayloadKey<TKey> key) : KeyTable where TKey : notnull
{
    private const int SmallestLimit = 64;

    private readonly Dictionary<TKey, long> _newest = [];
    private int _limit = SmallestLimit;

    public override long Note(ReadOnlySpan<byte> payload, ushort version, long position)
    {
        TKey value = key(payload, version);
        long older = _newest.GetValueOrDefault(value, -1);
        _newest[value] = position;
        return older;
    }

    public override void ForgetBefore(long cursor)
    {
        if (_newest.Count < _limit)
        {
            return;
        }

        foreach ((TKey value, long position) in _newest)
        {
            if (position < cursor)
            {
                _newest.Remove(value);
            }
        }

        _limit = Math.Max(SmallestLimit, 2 * _newest.Count); // So each message pays for one removal, on average.
    }

    public override void Clear() => _newest.Clear();
}
