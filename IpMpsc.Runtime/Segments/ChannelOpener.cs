using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// Opens channels, or has them created, and makes sure that a participant never ends up in a file whose name
/// belongs to a newer channel.
/// </summary>
internal static class ChannelOpener
{
    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Joins a channel: on return the attachment holds the receiver's place, or its <see cref="Attachment.FirstSlot"/>.</summary>
    /// <exception cref="ChannelFault">The channel cannot be joined; the message says why.</exception>
    public static Attachment Open(ChannelSpec spec, OpenMode mode, ChannelRole role)
    {
        // Invariant: each further round follows a sign that another process creates, replaces or deletes the file.
        for (int round = 0; round < SegmentStore.MostRounds; round++)
        {
            SegmentStore.PauseBefore(round);
            Attachment? attachment = mode switch
            {
                OpenMode.OpenExisting => TryJoinExisting(spec, role),
                OpenMode.CreateNew => CreateNew(spec, role),
                OpenMode.OpenOrCreate => OpenOrCreate(spec, role),
                _ => ChannelMaker.Replace(spec, role),
            };

            if (attachment is not null)
            {
                return attachment;
            }
        }

        throw new ChannelFault(
            FaultKind.InUse,
            $"Another process has been creating, replacing or deleting channel '{spec.Path}' for over 3 s: " +
            $"it is paused, or it maps a large channel. Try again later, or stop that process.");
    }

    /// <summary>
    /// Opens a channel to observe it: stores nothing, takes no lock and accepts any schema. It also accepts damaged
    /// positions, because they may be what the caller wants to see.
    /// </summary>
    public static ObservedSegment OpenToObserve(string path, IReadOnlyList<OwnerRule> trusted)
    {
        SegmentFile file = Store.OpenToRead(path, HeaderDescriptor.Size, trusted);
        try
        {
            return new ObservedSegment(file, path, HeaderCheck.RequireLayout(HeaderCheck.RequireChannel(file, path), file.Length, path));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Null if the name was taken but is free again.</summary>
    private static Attachment? CreateNew(ChannelSpec spec, ChannelRole role)
    {
        Attachment? attachment = ChannelMaker.Create(spec, role);
        if (attachment is null)
        {
            ThrowIfTaken(spec.Path, spec.TrustedOwners);
        }

        return attachment;
    }

    private static Attachment? OpenOrCreate(ChannelSpec spec, ChannelRole role)
    {
        try
        {
            return TryJoinExisting(spec, role);
        }
        catch (ChannelFault fault) when (fault.Kind == FaultKind.NotFound)
        {
            return ChannelMaker.Create(spec, role);
        }
    }

    /// <summary>Null if another process replaced or deleted the channel while it was opened, or is about to.</summary>
    private static Attachment? TryJoinExisting(ChannelSpec spec, ChannelRole role)
    {
        Attachment attachment = Attach(spec);
        bool joined = false;
        try
        {
            joined = TryJoin(attachment, spec, role);
            if (!joined && attachment.IsRetired)
            {
                // The process that retired it removes the name next, unless it was killed before it could.
                ChannelRemover.RemoveName(attachment.File, attachment.Path);
            }
        }
        finally
        {
            if (!joined)
            {
                attachment.RemoveUser(); // STEP open.unlock
            }
        }

        return joined ? attachment : null;
    }

    /// <summary>Maps a channel whose layout is sound. It holds no place yet.</summary>
    private static Attachment Attach(ChannelSpec spec)
    {
        SegmentFile file = Store.Open(spec.Path, HeaderDescriptor.Size, spec.TrustedOwners); // STEP open.read-name
        try
        {
            SegmentHeader header = HeaderCheck.RequireChannel(file, spec.Path);
            return new Attachment(file, spec.Path, HeaderCheck.RequireLayout(header, file.Length, spec.Path));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes a place in the channel that the program expects; false if this one has lost its name, or is about to.</summary>
    private static bool TryJoin(Attachment attachment, ChannelSpec spec, ChannelRole role)
    {
        try
        {
            HeaderCheck.RequirePositions(attachment);
            HeaderCheck.RequireSame(attachment, spec);
            CrashPoint.Before("open.lock");
            attachment.Join(spec, role);
            CrashPoint.Before("open.recheck");
            return !attachment.IsRetired;
        }
        catch (ChannelFault) when (IsNameChanging(attachment))
        {
            // This is not the channel to judge: its successor may be what the caller expects, and the process that
            // replaces or deletes it holds every place, so participants need not hold any.
            return false;
        }
    }

    /// <summary>Whether a segment has lost its name, or another process is publishing or removing it now.</summary>
    private static bool IsNameChanging(SegmentView segment) =>
        segment.IsRetired || segment.File.IsLockedElsewhere(LivenessDescriptor.Naming, 1) || !segment.File.IsNamed(segment.Path);

    private static void ThrowIfTaken(string path, IReadOnlyList<OwnerRule> trusted)
    {
        using SegmentFile? file = Store.TryOpen(path, HeaderDescriptor.Size, trusted);
        if (file is not null)
        {
            HeaderCheck.RequireChannel(file, path);
            throw file.IsLockedElsewhere(LivenessDescriptor.Receiver, LivenessDescriptor.Count(SegmentLayout.MaxSlotCount))
                ? InUseFault.OfAnybody(
                    file, path, "so it cannot be created", "Stop every participant, or open the channel with Open or OpenOrCreate.")
                : new ChannelFault(
                    FaultKind.InUse,
                    $"Channel '{path}' already exists, although nobody uses it now. " +
                    $"OpenOrCreate resumes it with the messages it holds; Replace starts a new one.");
        }
    }
}
