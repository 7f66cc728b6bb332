using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// Creates channels. A new segment is completed and joined before it gets the channel's name, so no process ever sees a
/// half-made channel.
/// </summary>
internal static unsafe class ChannelMaker
{
    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Creates the segment and publishes it; null if the name is taken, or has to be looked at again.</summary>
    public static Attachment? Create(ChannelSpec spec, ChannelRole role)
    {
        Attachment attachment = Make(spec, role, toReplace: false);
        bool published = false;
        try
        {
            CrashPoint.Before("create.publish");
            published = Store.TryPublish(attachment.File);
        }
        finally
        {
            EndNaming(attachment, published);
        }

        return published ? attachment : null;
    }

    /// <summary>
    /// Replaces a segment that nobody uses by a new one. This process holds every lock of the old segment until the
    /// new one has the name, so in the meantime no process can join the old segment or publish another.
    /// </summary>
    /// <returns>Null if the old segment lost the name before it was locked, or if the name was free for an instant and is taken now.</returns>
    public static Attachment? Replace(ChannelSpec spec, ChannelRole role)
    {
        // Before this process takes the old file's naming lock: its creator may have been killed while it had both names.
        TemporaryFile.TryRemoveLeftovers(spec.Path);
        SegmentFile? old = Store.TryOpen(spec.Path, HeaderDescriptor.Size, spec.TrustedOwners); // STEP replace.read-name
        if (old is null)
        {
            return Create(spec, role);
        }

        using (old) // STEP retire.unlock-all
        {
            SegmentHeader header = HeaderCheck.RequireChannel(old, spec.Path);
            if (!ChannelRemover.TryLockAll(old))
            {
                throw InUseFault.OfAnybody(
                    old, spec.Path, "so it cannot be replaced", "Stop every participant, or resume the channel with OpenOrCreate.");
            }

            if (!old.IsNamed(spec.Path)) // STEP retire.check-name
            {
                return null;
            }

            Attachment attachment = Make(spec, role, toReplace: true);
            bool published = false;
            try
            {
                CrashPoint.Before("retire.mark");
                SharedWord.Retire(header.State);
                CrashPoint.Before("replace.rename");
                published = Store.TryReplace(attachment.File); // STEP replace.publish
            }
            finally
            {
                EndNaming(attachment, published);
            }

            old.Dispose(); // Now: a file that was moved aside can be removed only once it is unmapped.
            TemporaryFile.TryRemoveLeftovers(spec.Path);
            return published ? attachment : null;
        }
    }

    /// <summary>
    /// Creates a complete, joined segment that has no name, or a temporary one that no channel can have, and holds its
    /// naming lock.
    /// </summary>
    private static Attachment Make(ChannelSpec spec, ChannelRole role, bool toReplace)
    {
        SegmentFile file = TemporaryFile.Create(spec.Path, spec.LayoutToCreate.SegmentSize, toReplace, spec.Access);
        try
        {
            CrashPoint.Before("create.initialise");
            SegmentHeader header = new(file.Address);
            header.Initialise(
                spec.LayoutToCreate, SchemaFingerprint.Of(spec.Schema.Span), spec.Schema.Span, HostPlatform.Current.WakeMechanism);
            header.Creator.Write(Environment.ProcessId, DateTimeOffset.UtcNow, spec.ParticipantName);
            CrashPoint.Before("create.join");
            Attachment attachment = new(file, spec.Path, spec.LayoutToCreate);
            attachment.Join(spec, role);
            return attachment;
        }
        catch
        {
            // Unmap first, here and below: not every system can delete a mapped file. Without its lock any process
            // may remove the file.
            file.Dispose();
            Store.Discard(file);
            throw;
        }
    }

    /// <summary>Ends the creation of a segment: keeps it if it was published and discards it if not.</summary>
    private static void EndNaming(Attachment attachment, bool published)
    {
        CrashPoint.Before("create.end-naming");
        if (published)
        {
            attachment.File.Unlock(LivenessDescriptor.Naming, 1);
            if (attachment.IsRetired)
            {
                // A process that has already deleted it could not remove the name while we held the lock.
                ChannelRemover.RemoveName(attachment.File, attachment.Path);
            }
        }
        else
        {
            attachment.RemoveUser();
            Store.Discard(attachment.File);
        }
    }
}
