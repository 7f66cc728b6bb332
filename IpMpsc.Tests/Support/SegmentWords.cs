using System.IO.MemoryMappedFiles;
using IpMpsc.Layout;

namespace IpMpsc.Tests.Support;

/// <summary>The words of a channel's file, read and written from outside while participants use the channel.</summary>
internal sealed class SegmentWords : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public SegmentWords(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(
            File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), null, 0,
            MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
    }

    public long Tail => _view.ReadInt64(HeaderDescriptor.TailOffset);

    public long Head => _view.ReadInt64(HeaderDescriptor.HeadOffset);

    public long MessagesReceived => _view.ReadInt64(HeaderDescriptor.MessagesReceivedOffset);

    public bool SenderSleeps => SharedWord.IsRaised(_view.ReadUInt32(HeaderDescriptor.SpaceSignalOffset));

    public bool ReceiverSleeps => SharedWord.IsRaised(_view.ReadUInt32(HeaderDescriptor.ReceiverSignalOffset));

    public uint ReadUInt32(long offset) => _view.ReadUInt32(offset);

    public long ReadInt64(long offset) => _view.ReadInt64(offset);

    public void Write(long offset, uint value) => _view.Write(offset, value);

    public void Write(long offset, long value) => _view.Write(offset, value);

    /// <summary>Waits until a sender has announced that it sleeps.</summary>
    public void AwaitSleepingSender() => Patience.Until(() => SenderSleeps, "a sender sleeps");

    /// <summary>Waits until the receiver has announced that it sleeps.</summary>
    public void AwaitSleepingReceiver() => Patience.Until(() => ReceiverSleeps, "the receiver sleeps");

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
