using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Core;

/// <summary>
/// Makes, opens and replaces segments, so that nobody ever meets a half-made one and nobody uses one
/// that others have left for another file of the same name.
/// </summary>
internal static unsafe class ChannelOpener
{
    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Joins a channel: the receiver's place, or a first slot, is locked when this returns.</summary>
    /// <exception cref="ChannelFault">Every way in which this can fail, in words.</exception>
    public static Attachment Open(ChannelSpec spec, OpenMode mode, ChannelRole role, out int slot)
    {
        // Invariant: who goes round again has seen another participant make, replace or delete the file.
        while (true)
        {
            Attachment? attachment = mode switch
            {
                OpenMode.OpenExisting => TryJoinExisting(spec, role, out slot),
                OpenMode.CreateNew => CreateNew(spec, role, out slot),
                OpenMode.OpenOrCreate => OpenOrCreate(spec, role, out slot),
                _ => Replace(spec, role, out slot),
            };

            if (attachment is not null)
            {
                return attachment;
            }
        }
    }

    /// <summary>
    /// Opens a channel to look at it: stores nothing, takes no lock, and asks nothing of its schema. Its
    /// positions may be damaged: that is what somebody may want to look at.
    /// </summary>
    public static SegmentView OpenToObserve(string path)
    {
        SegmentFile file = Store.OpenToRead(path, HeaderDescriptor.Size);
        try
        {
            return new SegmentView(file, path, HeaderCheck.RequireLayout(HeaderCheck.RequireChannel(file, path), file.Length, path));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Retires a channel and removes its name; false if there is none.</summary>
    public static bool Delete(string path, bool evenIfInUse)
    {
        using SegmentFile? file = TryOpen(path); // STEP delete.read-name
        if (file is null)
        {
            return false;
        }

        SegmentHeader header = HeaderCheck.RequireChannel(file, path);
        if (!evenIfInUse && !TryLockAll(file))
        {
            throw InUse(header, path, "it is not deleted");
        }

        Attachment attachment = new(file, path, default); // Nothing behind the header is looked at.
        Retire(attachment);
        attachment.RemoveUser();
        return true;
    }

    /// <summary>Null if the name was taken, but is not any more.</summary>
    private static Attachment? CreateNew(ChannelSpec spec, ChannelRole role, out int slot)
    {
        Attachment? attachment = Create(spec, role, out slot);
        if (attachment is null)
        {
            ThrowIfTaken(spec.Path);
        }

        return attachment;
    }

    private static Attachment? OpenOrCreate(ChannelSpec spec, ChannelRole role, out int slot)
    {
        try
        {
            return TryJoinExisting(spec, role, out slot);
        }
        catch (ChannelFault fault) when (fault.Kind == FaultKind.NotFound)
        {
            return Create(spec, role, out slot);
        }
    }

    /// <summary>Null if the channel was replaced or deleted while it was opened.</summary>
    private static Attachment? TryJoinExisting(ChannelSpec spec, ChannelRole role, out int slot)
    {
        Attachment attachment = Attach(spec); // STEP open.read-name
        try
        {
            CrashPoint.Before("open.lock");
            slot = Join(attachment, spec, role);
            CrashPoint.Before("open.recheck");
            if (!attachment.IsRetired)
            {
                return attachment;
            }

            // Whoever retired it removes the name next, unless he was killed before he could.
            RemoveName(attachment.File, spec.Path);
        }
        catch
        {
            attachment.RemoveUser();
            throw;
        }

        attachment.RemoveUser(); // STEP open.unlock
        return null;
    }

    /// <summary>Makes the segment under a temporary name and publishes it; null if the name is taken.</summary>
    private static Attachment? Create(ChannelSpec spec, ChannelRole role, out int slot)
    {
        Attachment attachment = Make(spec, role, out slot);
        bool published = false;
        try
        {
            CrashPoint.Before("create.publish");
            published = Store.TryPublish(attachment.File.Path, spec.Path);
        }
        finally
        {
            EndNaming(attachment, published);
        }

        return published ? attachment : null;
    }

    /// <summary>
    /// Puts a new segment in the place of one that nobody uses. Every lock of the old one is held
    /// until the new one has its name, so nobody can join the old one, or name another, meanwhile.
    /// </summary>
    private static Attachment? Replace(ChannelSpec spec, ChannelRole role, out int slot)
    {
        // Before the old file's naming lock is ours: its creator may have been killed with both of its names.
        TemporaryFile.RemoveLeftovers(spec.Path);
        SegmentFile? old = TryOpen(spec.Path); // STEP replace.read-name
        if (old is null)
        {
            return Create(spec, role, out slot);
        }

        using (old) // STEP retire.unlock-all
        {
            SegmentHeader header = HeaderCheck.RequireChannel(old, spec.Path);
            if (!TryLockAll(old))
            {
                throw InUse(header, spec.Path, "it cannot be replaced");
            }

            slot = -1;
            if (!old.IsNamed(spec.Path)) // STEP retire.check-name
            {
                return null;
            }

            Attachment attachment = Make(spec, role, out slot);
            bool published = false;
            try
            {
                CrashPoint.Before("retire.mark");
                SharedWord.Retire(header.State);
                CrashPoint.Before("replace.rename");
                Store.Replace(attachment.File.Path, spec.Path); // STEP replace.publish
                published = true;
            }
            finally
            {
                EndNaming(attachment, published);
            }

            old.Dispose(); // Here already: where it was moved aside, it can be removed once it is not mapped.
            TemporaryFile.RemoveLeftovers(spec.Path);
            return attachment;
        }
    }

    /// <summary>
    /// Ends a channel: senders fail from now on, the name is free. Messages that were not received
    /// are lost with it.
    /// </summary>
    public static void Retire(Attachment attachment)
    {
        attachment.Retire();
        RemoveName(attachment.File, attachment.Path);
    }

    /// <summary>Succeeds only if nobody takes part in the channel, and keeps everybody out until the file is closed.</summary>
    private static bool TryLockAll(SegmentFile file)
    {
        CrashPoint.Before("retire.lock-all");
        return file.TryLock(LivenessDescriptor.Naming, LivenessDescriptor.Count(SegmentLayout.MaxSlotCount));
    }

    /// <summary>
    /// Removes the name of a retired file. A name changes hands only under the naming lock of the file
    /// that has it: so this never removes the name of a successor.
    /// </summary>
    private static void RemoveName(SegmentFile file, string path)
    {
        if (file.TryLock(LivenessDescriptor.Naming, 1)) // STEP delete.lock-naming
        {
            CrashPoint.Before("delete.unlink");
            if (file.IsNamed(path)) // STEP delete.check-name
            {
                Store.Delete(path);
            }

            file.Unlock(LivenessDescriptor.Naming, 1); // STEP delete.unlock-naming
        }
    }

    private static SegmentFile? TryOpen(string path)
    {
        try
        {
            return Store.Open(path, HeaderDescriptor.Size);
        }
        catch (ChannelFault fault) when (fault.Kind == FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Makes a segment under a temporary name that no channel can have, complete and joined, and holds
    /// its naming lock. A creator that is killed leaves a file without that lock: the next one removes it.
    /// </summary>
    private static Attachment Make(ChannelSpec spec, ChannelRole role, out int slot)
    {
        SegmentFile file = TemporaryFile.Create(spec.Path, spec.LayoutToCreate.SegmentSize);
        try
        {
            CrashPoint.Before("create.initialise");
            SegmentHeader header = new(file.Address);
            header.Initialise(
                spec.LayoutToCreate, SchemaFingerprint.Of(spec.Schema.Span), spec.Schema.Span, HostPlatform.Current.WakeUp);
            header.Creator.Write(Environment.ProcessId, DateTimeOffset.UtcNow, spec.ParticipantName);
            CrashPoint.Before("create.join");
            Attachment attachment = new(file, spec.Path, spec.LayoutToCreate);
            slot = Join(attachment, spec, role);
            return attachment;
        }
        catch
        {
            // Unmapped first, here and below: not every system can delete a file that is mapped, and without its
            // lock it is everybody's to remove.
            file.Dispose();
            Store.Delete(file.Path);
            throw;
        }
    }

    /// <summary>Ends the making of a segment: under its name it lives on, without one it is discarded.</summary>
    private static void EndNaming(Attachment attachment, bool published)
    {
        CrashPoint.Before("create.end-naming");
        if (published)
        {
            attachment.File.Unlock(LivenessDescriptor.Naming, 1);
        }
        else
        {
            attachment.RemoveUser();
            Store.Delete(attachment.File.Path);
        }
    }

    /// <summary>Takes the receiver's place, or the first slot for a sender.</summary>
    private static int Join(Attachment attachment, ChannelSpec spec, ChannelRole role)
    {
        if (role == ChannelRole.Sender)
        {
            return SenderSlots.TryAcquire(attachment, spec.ParticipantName, out int slot)
                ? slot
                : throw new ChannelFault(
                    FaultKind.InUse,
                    $"Channel '{spec.Path}' has {attachment.Layout.SlotCount:N0} sender slots and all are taken. " +
                    "Create it with a larger ChannelOptions.MaxSenders, or share one Sender between threads.");
        }

        if (!attachment.File.TryLock(LivenessDescriptor.Receiver, 1)) // STEP create.lock-receiver
        {
            throw InUse(attachment.Header, spec.Path, "a channel has one receiver");
        }

        attachment.Header.Receiver.Write(Environment.ProcessId, DateTimeOffset.UtcNow, spec.ParticipantName);
        return -1;
    }

    private static Attachment Attach(ChannelSpec spec)
    {
        SegmentFile file = Store.Open(spec.Path, HeaderDescriptor.Size);
        try
        {
            SegmentHeader header = HeaderCheck.RequireChannel(file, spec.Path);
            SegmentLayout layout = HeaderCheck.RequireLayout(header, file.Length, spec.Path);
            HeaderCheck.RequirePositions(header, layout, spec.Path);
            HeaderCheck.RequireSame(new SegmentView(file, spec.Path, layout), spec);
            return new Attachment(file, spec.Path, layout);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void ThrowIfTaken(string path)
    {
        using SegmentFile? file = TryOpen(path);
        if (file is not null)
        {
            SegmentHeader header = HeaderCheck.RequireChannel(file, path);
            throw file.IsLockedElsewhere(LivenessDescriptor.Receiver, LivenessDescriptor.Count(SegmentLayout.MaxSlotCount))
                ? InUse(header, path, "it cannot be created anew")
                : new ChannelFault(
                    FaultKind.InUse,
                    $"Channel '{path}' exists already, although nobody uses it now. " +
                    "OpenOrCreate continues it with the messages it holds, Replace starts it anew.");
        }
    }

    private static ChannelFault InUse(SegmentHeader header, string path, string consequence) => new(
        FaultKind.InUse,
        $"Channel '{path}' is in use, {consequence}. Its receiver is or was '{header.Receiver.Name}', " +
        $"process {header.Receiver.ProcessId}, since {header.Receiver.Joined.ToLocalTime():yyyy-MM-dd HH:mm:ss}.");
}
