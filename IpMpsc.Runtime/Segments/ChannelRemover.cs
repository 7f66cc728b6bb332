using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Deletes channels: retires the segment and removes its name, but never the name of a successor.</summary>
internal static class ChannelRemover
{
    /// <summary>What to do about a channel in use, for programs; the tool says it in its own words.</summary>
    public const string AdviceWhenInUse =
        "Stop every participant, or delete it in use: IpcChannel.Delete(name, evenIfInUse: true) or 'ipmpsc delete --force'.";

    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Retires a channel and removes its name; false if there is no such channel.</summary>
    public static bool Delete(string path, bool evenIfInUse, IReadOnlyList<OwnerRule> trusted)
    {
        using SegmentFile? file = Store.TryOpen(path, HeaderDescriptor.Size, trusted); // STEP delete.read-name
        if (file is null)
        {
            return false;
        }

        HeaderCheck.RequireChannel(file, path);
        Store.RequireRemovable(file); // Before the mark: senders would fail on a channel that stays.
        if (!evenIfInUse && !TryLockAll(file))
        {
            throw InUseFault.OfAnybody(
                file,
                path,
                "so it was not deleted",
                AdviceWhenInUse);
        }

        Attachment attachment = new(file, path, default); // Only the header is read.
        Retire(attachment);
        attachment.RemoveUser();
        return true;
    }

    /// <summary>
    /// Ends a channel: from now on its senders fail, and the name is free. Messages that were not received are lost
    /// with it.
    /// </summary>
    public static void Retire(Attachment attachment)
    {
        attachment.Retire();
        RemoveName(attachment.File, attachment.Path);
    }

    /// <summary>As <see cref="Retire"/>, but a failure to remove the name is no error: the next opener removes it.</summary>
    public static void TryRetire(Attachment attachment)
    {
        try
        {
            Retire(attachment);
        }
        catch (ChannelFault)
        {
            // The channel is marked; only the removal of the name failed.
        }
    }

    /// <summary>Succeeds only if the channel has no participant, and keeps everyone out until the file is closed.</summary>
    public static bool TryLockAll(SegmentFile file)
    {
        CrashPoint.Before("retire.lock-all");
        return file.TryLock(LivenessDescriptor.Naming, LivenessDescriptor.Count(SegmentLayout.MaxSlotCount));
    }

    /// <summary>
    /// Removes the name of a retired file. A name changes hands only under the naming lock of the file that has it,
    /// so this never removes the name of a successor.
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
