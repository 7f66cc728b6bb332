using System.Diagnostics;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Segments;

/// <summary>
/// A participant's hold on a segment: its open file description, the mapping, the addresses in it and
/// the two signals. It counts its users: a shared sender owns several slots through one attachment, and
/// a running call keeps the mapping until it returns.
/// </summary>
/// <remarks>
/// An attachment has one role: it holds the receiver's place, or slots of senders. A description does not see its own
/// locks, so an attachment with both roles would find neither a receiver nor a sender while it is both.
/// </remarks>
internal sealed unsafe class Attachment : SegmentView
{
    /// <summary>
    /// How many attachments this process has to each channel. The keys are boxed: .NET has compiled a dictionary of objects already, and would compile
    /// one of Guids when the first channel opens.
    /// </summary>
    private static readonly Dictionary<object, int> s_open = [];

    private readonly List<IAttachmentUser> _tracked = [];
    private readonly object _channel; // A Guid, boxed once.
    private readonly bool _isCounted;
    private int _users = 1;
    private long _dropped;
    private long _nextLookAtName;
    private bool _hasJoined;

    /// <inheritdoc />
    public Attachment(SegmentFile file, string path, SegmentLayout layout) : base(file, path, layout)
    {
        ReceiverSignal = new Signal(Header.ReceiverSignal, new WaitWordName(Header.ChannelId, IsShared: false, file.Writers));
        SpaceSignal = new Signal(Header.SpaceSignal, new WaitWordName(Header.ChannelId, IsShared: true, file.Writers));
        _channel = Header.ChannelId;
        CountOpen(1);
        _isCounted = true;
    }

    /// <summary>
    /// Gives back the descriptor, the mapping and thereby every lock of participants that were dropped without Dispose. It
    /// touches no shared memory. Nothing can use the mapping any more: each use ends with a store into its participant,
    /// which keeps both alive until then. A use that never ended, such as a claim that was neither committed nor disposed,
    /// keeps the mapping: a span of it may still be in use.
    /// </summary>
    ~Attachment()
    {
        if (_isCounted && !_tracked.Exists(static user => user.IsInUse))
        {
            File.Dispose();
            CountOpen(-1);
        }
    }

    /// <summary>Whether this process has a channel open.</summary>
    public static bool IsOpenHere(Guid channel) => CountOpenHere(channel) > 0;

    /// <summary>Whether this process has another attachment to the channel.</summary>
    public bool HasOthersHere => CountOpenHere(_channel) > 1;

    /// <summary>Payload bytes of the largest message.</summary>
    public int MaxPayload => (int)Math.Max(0, Layout.Capacity - RecordDescriptor.HeaderSize - TrailerSize);

    /// <summary>Bytes that this sender adds to each message; 0 unless it traces them.</summary>
    public int TrailerSize { get; private set; }

    /// <summary>The receiver sleeps on this word; senders wake it.</summary>
    public Signal ReceiverSignal { get; }

    /// <summary>Senders that wait for space sleep on this word; the receiver wakes them.</summary>
    public Signal SpaceSignal { get; }

    /// <summary>The slot that a sender's attachment took when it joined; -1 for a receiver.</summary>
    public int FirstSlot { get; private set; } = -1;

    /// <summary>For a forwarder, the last sequence of its source that was in the channel when it joined.</summary>
    public long SourceSequence { get; private set; }

    /// <summary>
    /// Slots of this attachment. The kernel never reports a conflict between two locks of one open file description,
    /// so this set is what keeps the attachment from taking one of its own slots a second time.
    /// </summary>
    public HashSet<int> OwnSlots { get; } = [];

    /// <summary>Whether its senders drop a message for which there is no room, instead of waiting.</summary>
    public bool DropsNewest { get; set; }

    /// <summary>How many messages its senders have dropped.</summary>
    public long DroppedMessages => Volatile.Read(ref _dropped);

    /// <summary>How many messages all senders of the channel have dropped.</summary>
    /// <exception cref="ObjectDisposedException">Every user of the attachment has left.</exception>
    public long DroppedBySenders
    {
        get
        {
            ObjectDisposedException.ThrowIf(!TryAddUser(), "Receiver");
            long dropped = SharedWord.ReadCounter(Header.DroppedBySenders);
            RemoveUser();
            return dropped;
        }
    }

    /// <summary>Bytes that are claimed and not yet released. Only a user may ask.</summary>
    public long BytesUsed =>
        Math.Clamp(SharedWord.LoadTail(Header.Tail) - SharedWord.LoadHead(Header.Head), 0, Layout.Capacity);

    /// <summary>Whether a receiver, in this process or another, is attached now.</summary>
    /// <exception cref="ObjectDisposedException">Every user of the attachment has left.</exception>
    public bool IsReceiverAttached
    {
        get
        {
            // Senders ask this, and any thread may dispose of a sender in the meantime.
            ObjectDisposedException.ThrowIf(!TryAddUser(), "Sender");
            bool attached = File.IsLockedElsewhere(LivenessDescriptor.Receiver, 1);
            RemoveUser();
            return attached;
        }
    }

    /// <summary>As <see cref="BytesUsed"/>, for any thread at any time.</summary>
    /// <param name="role">What the participant is called if it was disposed.</param>
    /// <exception cref="ObjectDisposedException">Every user of the attachment has left.</exception>
    public long MeasureUse(string role)
    {
        ObjectDisposedException.ThrowIf(!TryAddUser(), role);
        long used = BytesUsed;
        RemoveUser();
        return used;
    }

    /// <summary>Whether any sender, in this process or another, is attached now. Slots of this attachment do not count.</summary>
    public bool IsAnySenderAttached => File.IsLockedElsewhere(LivenessDescriptor.FirstSlot, Layout.SlotCount);

    /// <summary>Counts a message that a sender has dropped, for this process and for the receiver.</summary>
    public void CountDropped()
    {
        Interlocked.Increment(ref _dropped);
        SharedWord.AddToSharedCounter(Header.DroppedBySenders, 1);
    }

    /// <summary>
    /// Takes a place and then, if the options ask for it, maps every page. In this order, a participant that finds
    /// no place is refused at once and does not wait for the pages first.
    /// </summary>
    /// <param name="spec">What the participant asks for.</param>
    /// <param name="role">Whether to join as a sender or as the receiver.</param>
    /// <exception cref="ChannelFault">The receiver's place, or every slot, is taken; or a page cannot be mapped.</exception>
    public void Join(ChannelSpec spec, ChannelRole role)
    {
        Debug.Assert(!_hasJoined, "An attachment has one role: see the remarks.");
        _hasJoined = true;
        TrailerSize = spec.Traces && role == ChannelRole.Sender ? TrailerDescriptor.Size : 0;
        if (role == ChannelRole.Receiver)
        {
            Places.TakeReceiver(this, spec.ParticipantName);
        }
        else
        {
            FirstSlot = Places.TakeSlot(this, spec, out long sequence);
            SourceSequence = sequence;
        }

        if (spec.Prefault)
        {
            File.Prefault(Layout.SegmentSize);
        }
    }

    /// <summary>Stamps claimed bytes as a filler: a record that the receiver skips.</summary>
    public void StampFiller(long position, long length, RecordState state)
    {
        byte* record = Record(position);
        SharedWord.StoreDescription(record, RecordDescriptor.Describe((int)(length - RecordDescriptor.HeaderSize), 0, 0));
        SharedWord.StoreStamp(record, Stamp.Of(position, Cookie, state));
    }

    /// <summary>Makes the stamp of a filler invalid whose bytes were claimed for something else.</summary>
    public void ClearStamp(long position) => SharedWord.StoreStamp(Record(position), 0);

    /// <summary>Marks the channel as deleted or replaced and wakes every sleeper.</summary>
    public void Retire()
    {
        CrashPoint.Before("retire.mark");
        SharedWord.Retire(Header.State);
        Interlocked.MemoryBarrier(); // A sleeper that raises its signal after our look at it sees the mark.
        ChannelEventSource.Log.Retired(Path);
        ReceiverSignal.Wake();
        SpaceSignal.Wake();
    }

    /// <summary>
    /// Marks the channel as retired if its file has lost its last name, for example because somebody removed it: a process
    /// that opens that name from now on finds another channel. Asks the system at most every 50 ms.
    /// </summary>
    public void RetireIfRemoved()
    {
        const int Pause = 50;
        long now = Environment.TickCount64;
        if (now < _nextLookAtName)
        {
            return;
        }

        _nextLookAtName = now + Pause;
        if (!IsRetired && File.IsRemoved)
        {
            Retire();
        }
    }

    /// <summary>Notes a participant that uses the mapping, until <see cref="Untrack"/>.</summary>
    public void Track(IAttachmentUser user)
    {
        lock (_tracked)
        {
            _tracked.Add(user);
        }
    }

    /// <summary>Ends <see cref="Track"/>.</summary>
    public void Untrack(IAttachmentUser user)
    {
        lock (_tracked)
        {
            _tracked.Remove(user);
        }
    }

    /// <summary>Adds a user; false if the last user has already left.</summary>
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

    /// <summary>Adds a user. Only a current user may call it.</summary>
    public void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>Removes a user. The last one unmaps the segment and drops its locks.</summary>
    public void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            bool retired = IsRetired;
            ReceiverSignal.Dispose();
            SpaceSignal.Dispose();
            File.Dispose();
            CountOpen(-1);
            GC.SuppressFinalize(this);
            if (retired && HostPlatform.Current.Segments.MovesFilesAside)
            {
                // Where the system cannot delete a mapped file, it was moved aside; the last process to unmap it removes it.
                TemporaryFile.TryRemoveLeftovers(Path);
            }
        }
    }

    private static int CountOpenHere(object channel)
    {
        lock (s_open)
        {
            s_open.TryGetValue(channel, out int open);
            return open;
        }
    }

    private void CountOpen(int change)
    {
        lock (s_open)
        {
            s_open.TryGetValue(_channel, out int open);
            open += change;
            if (open == 0)
            {
                s_open.Remove(_channel);
            }
            else
            {
                s_open[_channel] = open;
            }
        }
    }
}
