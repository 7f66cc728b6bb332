using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Segments;

/// <summary>
/// A participant's hold on a segment: its open file description, the mapping, the addresses in it and
/// the two signals. It is counted, because a shared sender owns several slots through one attachment,
/// and because a call that is under way keeps the mapping until it has returned.
/// </summary>
internal sealed unsafe class Attachment : SegmentView
{
    private int _users = 1;

    /// <inheritdoc />
    public Attachment(SegmentFile file, string path, SegmentLayout layout) : base(file, path, layout)
    {
        ReceiverSignal = new Signal(Header.ReceiverSignal, new WaitWordName(Header.ChannelId, IsShared: false));
        SpaceSignal = new Signal(Header.SpaceSignal, new WaitWordName(Header.ChannelId, IsShared: true));
    }

    /// <summary>Payload bytes of the largest message.</summary>
    public int MaxPayload => (int)(Layout.Capacity - RecordDescriptor.HeaderSize);

    /// <summary>The receiver sleeps here, senders wake it.</summary>
    public Signal ReceiverSignal { get; }

    /// <summary>Senders sleep here for space, the receiver wakes them.</summary>
    public Signal SpaceSignal { get; }

    /// <summary>Slots of this attachment, so that it does not take one twice: its own locks do not exclude it.</summary>
    public HashSet<int> OwnSlots { get; } = [];

    /// <summary>Bytes claimed and not released.</summary>
    public long BytesUsed =>
        Math.Clamp(SharedWord.LoadTail(Header.Tail) - SharedWord.LoadHead(Header.Head), 0, Layout.Capacity);

    /// <summary>Whether a receiver, here or in another process, is attached now.</summary>
    /// <exception cref="ObjectDisposedException">Every user of the attachment has gone.</exception>
    public bool IsReceiverAttached
    {
        get
        {
            // Asked for on behalf of senders that any thread may dispose of meanwhile.
            ObjectDisposedException.ThrowIf(!TryAddUser(), "Sender");
            bool attached = File.IsLockedElsewhere(LivenessDescriptor.Receiver, 1);
            RemoveUser();
            return attached;
        }
    }

    /// <summary>Whether any sender, here or in another process, is attached now; not counting slots of this attachment.</summary>
    public bool IsAnySenderAttached => File.IsLockedElsewhere(LivenessDescriptor.FirstSlot, Layout.SlotCount);

    /// <summary>
    /// Takes a place, and then maps every page if that is wanted: who is refused for want of a place has not
    /// waited for the pages.
    /// </summary>
    /// <param name="spec">What the participant asks for.</param>
    /// <param name="role">As what to join.</param>
    /// <returns>The slot; -1 for a receiver.</returns>
    /// <exception cref="ChannelFault">The place, or every slot, is taken; or a page cannot be had.</exception>
    public int Join(ChannelSpec spec, ChannelRole role)
    {
        int slot = TakePlace(role, spec.ParticipantName);
        if (spec.Prefault)
        {
            File.Prefault(Layout.SegmentSize);
        }

        return slot;
    }

    /// <summary>Makes claimed bytes a filler, a record that is stepped over.</summary>
    public void StampFiller(long position, long length, RecordState state)
    {
        byte* record = Record(position);
        *(ulong*)(record + RecordDescriptor.LengthOffset) =
            RecordDescriptor.Describe((int)(length - RecordDescriptor.HeaderSize), 0, 0);
        SharedWord.StoreStamp(record, Stamp.Of(position, Cookie, state));
    }

    /// <summary>Marks the channel as deleted or replaced and tells everybody who sleeps.</summary>
    public void Retire()
    {
        CrashPoint.Before("retire.mark");
        SharedWord.Retire(Header.State);
        Interlocked.MemoryBarrier(); // Who announces its sleep after our look at its signal sees the mark.
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
            bool retired = IsRetired;
            ReceiverSignal.Dispose();
            SpaceSignal.Dispose();
            File.Dispose();
            if (retired)
            {
                // Where a mapped file cannot be deleted it was moved aside: it goes with the last who had it mapped.
                TemporaryFile.TryRemoveLeftovers(Path);
            }
        }
    }

    /// <summary>Takes the receiver's place, or the first slot of a sender.</summary>
    private int TakePlace(ChannelRole role, string name)
    {
        if (role == ChannelRole.Sender)
        {
            return SenderSlots.TryAcquire(this, name, out int slot)
                ? slot
                : throw new ChannelFault(
                    FaultKind.InUse,
                    $"Every sender slot of channel '{Path}' is taken; it was made with {Layout.SlotCount:N0}. " +
                    "Make it with a larger IpcChannelOptions.MaxSenders, or share one Sender between threads.");
        }

        if (!File.TryLock(LivenessDescriptor.Receiver, 1)) // STEP create.lock-receiver
        {
            throw InUseFault.OfReceiver(File, Path);
        }

        Header.Receiver.Write(Environment.ProcessId, DateTimeOffset.UtcNow, name);
        return -1;
    }
}
