using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// Makes channels: complete and joined under a temporary name, so that nobody ever meets a half-made one, and
/// only then under their own.
/// </summary>
internal static unsafe class ChannelMaker
{
    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Makes the segment under a temporary name and publishes it; null if the name is taken.</summary>
    public static Attachment? Create(ChannelSpec spec, ChannelRole role, out int slot)
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
    /// <returns>Null if the old one had lost the name to another before it was locked, or the name was free and is taken now.</returns>
    public static Attachment? Replace(ChannelSpec spec, ChannelRole role, out int slot)
    {
        // Before the old file's naming lock is ours: its creator may have been killed with both of its names.
        TemporaryFile.RemoveLeftovers(spec.Path);
        SegmentFile? old = Store.TryOpen(spec.Path, HeaderDescriptor.Size); // STEP replace.read-name
        if (old is null)
        {
            return Create(spec, role, out slot);
        }

        using (old) // STEP retire.unlock-all
        {
            SegmentHeader header = HeaderCheck.RequireChannel(old, spec.Path);
            if (!ChannelRemover.TryLockAll(old))
            {
                throw InUseFault.OfAnybody(
                    old, spec.Path, "it cannot be replaced", "End all that use it, or continue the channel with OpenOrCreate.");
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
                spec.LayoutToCreate, SchemaFingerprint.Of(spec.Schema.Span), spec.Schema.Span, HostPlatform.Current.WakeMechanism);
            header.Creator.Write(Environment.ProcessId, DateTimeOffset.UtcNow, spec.ParticipantName);
            CrashPoint.Before("create.join");
            Attachment attachment = new(file, spec.Path, spec.LayoutToCreate);
            slot = attachment.Join(spec, role);
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
            if (attachment.IsRetired)
            {
                // Whoever deleted it already could not remove the name while we held the lock.
                ChannelRemover.RemoveName(attachment.File, attachment.Path);
            }
        }
        else
        {
            attachment.RemoveUser();
            Store.Delete(attachment.File.Path);
        }
    }
}
