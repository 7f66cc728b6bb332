using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Core;

/// <summary>
/// Opens channels, or has them made, so that nobody uses one that others have left for another file of the
/// same name.
/// </summary>
internal static class ChannelOpener
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
                _ => ChannelMaker.Replace(spec, role, out slot),
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

    /// <summary>Null if the channel was replaced or deleted while it was opened.</summary>
    private static Attachment? TryJoinExisting(ChannelSpec spec, ChannelRole role, out int slot)
    {
        Attachment attachment = Attach(spec); // STEP open.read-name
        try
        {
            CrashPoint.Before("open.lock");
            slot = attachment.Join(spec, role);
            CrashPoint.Before("open.recheck");
            if (!attachment.IsRetired)
            {
                return attachment;
            }

            // Whoever retired it removes the name next, unless he was killed before he could.
            ChannelRemover.RemoveName(attachment.File, spec.Path);
        }
        catch
        {
            attachment.RemoveUser();
            throw;
        }

        attachment.RemoveUser(); // STEP open.unlock
        return null;
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
