using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Tapping;

/// <summary>A channel whose messages are read as they pass.</summary>
internal sealed class TappedChannel : IDisposable
{
    private readonly ChannelTap _tap;
    private long _missed;
    private long _head;
    private bool _isDisposed;

    /// <param name="name">The channel.</param>
    /// <param name="index">Its place among those that are read together.</param>
    public TappedChannel(string name, int index)
    {
        Observer = ChannelName.Find(name, Trust.Observe);
        Index = index;
        Info = Observer.Inspect();
        Decoder = new MessageDecoder(Info.Name, Info.Schema);
        _tap = Observer.OpenTap();
    }

    public ChannelObserver Observer { get; }

    public int Index { get; }

    /// <summary>The channel as it was at the beginning.</summary>
    public ChannelInfo Info { get; }

    public MessageDecoder Decoder { get; }

    /// <summary>Everything before this position was received and released; if the channel was deleted, when it was still there.</summary>
    public long ReadHead() => _head = _isDisposed ? _head : Observer.HeadPosition;

    /// <summary>Messages that were overwritten before they could be read, since the last call.</summary>
    public long TakeMissed()
    {
        long missed = _tap.MissedMessages - _missed;
        _missed = _tap.MissedMessages;
        return missed;
    }

    public bool TryRead(out PeekedMessage message) => _tap.TryRead(out message!);

    public void Dispose()
    {
        _isDisposed = true;
        Observer.Dispose();
    }
}
