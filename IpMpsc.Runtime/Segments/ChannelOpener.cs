using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// Opens channels, or has them made, so that nobody uses one that others have left for another file of the
/// same name.
/// </summary>
internal static class ChannelOpener
{
    /// <summary>
    /// After about three seconds of rounds, whoever holds the naming lock stands still or is at something long.
    /// Rounds are counted and no clock is asked, so that a machine that was suspended is given its time.
    /// </summary>
    private const int MostRounds = 300;

    /// <summary>Milliseconds between two rounds, after the first ones.</summary>
    private const int LongestPause = 10;

    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Joins a channel: the receiver's place, or a first slot, is locked when this returns.</summary>
    /// <exception cref="ChannelFault">Every way in which this can fail, in words.</exception>
    public static Attachment Open(ChannelSpec spec, OpenMode mode, ChannelRole role, out int slot)
    {
        // Invariant: who goes round again has seen another participant make, replace or delete the file, or be about to.
        for (int round = 0; round < MostRounds; round++)
        {
            Thread.Sleep(Math.Min(round, LongestPause));
            Attachment? attachment = mode switch
            {
                OpenMode.OpenExisting => TryJoinExisting(spec, role, out slot),
                OpenMode.CreateNew => CreateNew(spec, role, out slot),
                OpenMode.OpenOrCreate => OpenOrCreate(spec, role, out slot),
                _ => ChannelMaker.Replace(spec, role, out slot),
            };

            if (attachment is not null)
            {
                return attachment;
            }
        }

        slot = -1;
        throw new ChannelFault(
            FaultKind.InUse,
            $"Channel '{spec.Path}' is being made, replaced or deleted by a process that has not got on for seconds: " +
            "it stands still, or maps a large channel. Try again later, or end that process.");
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

    /// <summary>Null if the name was taken, but is not any more.</summary>
    private static Attachment? CreateNew(ChannelSpec spec, ChannelRole role, out int slot)
    {
        Attachment? attachment = ChannelMaker.Create(spec, role, out slot);
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
            return ChannelMaker.Create(spec, role, out slot);
        }
    }

    /// <summary>Null if the channel was replaced or deleted while it was opened, or is about to be.</summary>
    private static Attachment? TryJoinExisting(ChannelSpec spec, ChannelRole role, out int slot)
    {
        Attachment attachment = Attach(spec); // STEP open.read-name
        bool joined = false;
        try
        {
            slot = -1;
            try
            {
                CrashPoint.Before("open.lock");
                slot = attachment.Join(spec, role);
                CrashPoint.Before("open.recheck");
                joined = !attachment.IsRetired;
            }
            catch (ChannelFault fault) when (fault.Kind == FaultKind.InUse && IsNameChanging(attachment, spec.Path))
            {
                // Whoever replaces or deletes it holds every place. They are not taken by participants, or it is no matter.
            }

            if (!joined && attachment.IsRetired)
            {
                // Whoever retired it removes the name next, unless he was killed before he could.
                ChannelRemover.RemoveName(attachment.File, spec.Path);
            }

            return joined ? attachment : null;
        }
        finally
        {
            if (!joined)
            {
                attachment.RemoveUser(); // STEP open.unlock
            }
        }
    }

    /// <summary>Whether a segment has lost its name, or somebody gives or takes it now.</summary>
    private static bool IsNameChanging(Attachment attachment, string path) =>
        attachment.IsRetired || attachment.File.IsLockedElsewhere(LivenessDescriptor.Naming, 1) || !attachment.File.IsNamed(path);

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
        using SegmentFile? file = Store.TryOpen(path, HeaderDescriptor.Size);
        if (file is not null)
        {
            HeaderCheck.RequireChannel(file, path);
            throw file.IsLockedElsewhere(LivenessDescriptor.Receiver, LivenessDescriptor.Count(SegmentLayout.MaxSlotCount))
                ? InUseFault.OfAnybody(
                    file, path, "it cannot be created anew", "End all that use it, or open the channel with Open or OpenOrCreate.")
                : new ChannelFault(
                    FaultKind.InUse,
                    $"Channel '{path}' exists already, although nobody uses it now. " +
                    "OpenOrCreate continues it with the messages it holds, Replace starts it anew.");
        }
    }
}
