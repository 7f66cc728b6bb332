using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Ends channels: retires their segments and takes their names away, never the name of a successor.</summary>
internal static class ChannelRemover
{
    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Retires a channel and removes its name; false if there is none.</summary>
    public static bool Delete(string path, bool evenIfInUse)
    {
        using SegmentFile? file = Store.TryOpen(path, HeaderDescriptor.Size); // STEP delete.read-name
        if (file is null)
        {
            return false;
        }

        HeaderCheck.RequireChannel(file, path);
        if (!evenIfInUse && !TryLockAll(file))
        {
            throw InUseFault.OfAnybody(
                file,
                path,
                "it is not deleted",
                "End all that use it, or take it away under them: IpcChannel.Delete(name, evenIfInUse: true).");
        }

        Attachment attachment = new(file, path, default); // Nothing behind the header is looked at.
        Retire(attachment);
        attachment.RemoveUser();
        return true;
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

    /// <summary>As <see cref="Retire"/>, for who leaves: a name that he cannot remove is one that the next who opens it does.</summary>
    public static void TryRetire(Attachment attachment)
    {
        try
        {
            Retire(attachment);
        }
        catch (ChannelFault)
        {
            // It is marked: the file system only refused to take its name away.
        }
    }

    /// <summary>Succeeds only if nobody takes part in the channel, and keeps everybody out until the file is closed.</summary>
    public static bool TryLockAll(SegmentFile file)
    {
        CrashPoint.Before("retire.lock-all");
        return file.TryLock(LivenessDescriptor.Naming, LivenessDescriptor.Count(SegmentLayout.MaxSlotCount));
    }

    /// <summary>
    /// Removes the name of a retired file. A name changes hands only under the naming lock of the file
    /// that has it: so this never removes the name of a successor.
    /// </summary>
    public static void RemoveName(SegmentFile file, string path)
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
}
