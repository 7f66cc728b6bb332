using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Core;

/// <summary>
/// A participant's hold on a segment: its open file description, the mapping, the addresses in it and
/// the two signals. It is counted, because a shared sender owns several slots through one attachment,
/// and because a call that is under way keeps the mapping until it has returned.
/// </summary>
internal sealed unsafe class Attachment
{
    private readonly SegmentFile _file;
    private int _users = 1;

    /// <summary>Attaches to a file whose header has been found valid; owns the file from then on.</summary>
    /// <param name="file">The open, mapped file.</param>
    /// <param name="path">The name of the channel, for messages and for its deletion.</param>
    /// <param name="layout">What was found valid; the header may say something else by now.</param>
    public Attachment(SegmentFile file, string path, SegmentLayout layout)
    {
        _file = file;
        Path = path;
        Header = new SegmentHeader(file.Address);
        Layout = layout;
        Cookie = Header.Cookie & ~Stamp.StateMask;
        Data = file.Address + Layout.DataOffset;
        ReceiverSignal = new Signal(Header.ReceiverSignal);
        SpaceSignal = new Signal(Header.SpaceSignal);
    }

    /// <summary>The file, for its locks.</summary>
    public SegmentFile File => _file;

    /// <summary>The channel's path; a file that was just made still knows itself by its temporary one.</summary>
    public string Path { get; }

    public SegmentHeader Header { get; }

    /// <summary>Read from the header once and checked, so that a later change of it by anybody cannot move our bounds.</summary>
    public SegmentLayout Layout { get; }

    /// <summary>Payload bytes of the largest message.</summary>
    public int MaxPayload => (int)(Layout.Capacity - RecordDescriptor.HeaderSize);

    /// <summary>Copied from the header once.</summary>
    public ulong Cookie { get; }

    public byte* Data { get; }

    /// <summary>The receiver sleeps here, senders wake it.</summary>
    public Signal ReceiverSignal { get; }

    /// <summary>Senders sleep here for space, the receiver wakes them.</summary>
    public Signal SpaceSignal { get; }

    /// <summary>Slots of this attachment, so that it does not take one twice: its own locks do not exclude it.</summary>
    public HashSet<int> OwnSlots { get; } = [];

    /// <summary>Bytes claimed and not released.</summary>
    public long BytesUsed =>
        Math.Clamp(SharedWord.LoadTail(Header.Tail) - SharedWord.LoadHead(Header.Head), 0, Layout.Capacity);

    public bool IsRetired => ChannelState.IsRetired(SharedWord.LoadState(Header.State));

    /// <summary>Whether a receiver, here or in another process, is attached now.</summary>
    /// <exception cref="ObjectDisposedException">Every user of the attachment has gone.</exception>
    public bool IsReceiverAttached
    {
        get
        {
            // Asked for on behalf of senders that any thread may dispose of meanwhile.
            ObjectDisposedException.ThrowIf(!TryAddUser(), "Sender");
            bool attached = _file.IsLockedElsewhere(LivenessDescriptor.Receiver, 1);
            RemoveUser();
            return attached;
        }
    }

    /// <summary>Whether any sender, here or in another process, is attached now; not counting slots of this attachment.</summary>
    public bool IsAnySenderAttached => _file.IsLockedElsewhere(LivenessDescriptor.FirstSlot, Layout.SlotCount);

    public byte* Slot(int index) => _file.Address + SegmentLayout.SlotsOffset + ((long)index * SlotDescriptor.Size);

    public IdentityBlock SlotIdentity(int index) => new(Slot(index) + SlotDescriptor.IdentityOffset);

    /// <summary>The word at which the stamp of a position stands.</summary>
    public ulong LoadStamp(long position) => SharedWord.LoadStamp(Data + (position & (Layout.Capacity - 1)));

    /// <summary>The schema text as it was stored at creation.</summary>
    public ReadOnlySpan<byte> Schema => new(_file.Address + Layout.SchemaOffset, Layout.SchemaLength);

    /// <summary>Marks the channel as deleted or replaced and tells everybody who sleeps.</summary>
    public void Retire()
    {
        CrashPoint.Before("retire.mark");
        SharedWord.Retire(Header.State);
        ChannelEventSource.Log.Retired(Path);
        ReceiverSignal.Wake();
        SpaceSignal.Wake();
    }

    /// <summary>Counts one more user, unless the last one has gone.</summary>
    public bool TryAddUser()
    {
        int users = Volatile.Read(ref _users);
        while (users > 0)
        {
            int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    /// <summary>Counts one more user. Only somebody who is a user may call it.</summary>
    public void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>Counts one user less; the last one unmaps the segment and drops its locks.</summary>
    public void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            ReceiverSignal.Dispose();
            SpaceSignal.Dispose();
            _file.Dispose();
        }
    }
}
