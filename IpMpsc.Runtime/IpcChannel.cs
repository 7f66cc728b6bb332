using IpMpsc.Platform;
using IpMpsc.Segments;

namespace IpMpsc;

/// <summary>
/// Manages channels without taking part in them. All members are safe to be called from several
/// threads at once; none of them takes a lock that a participant needs.
/// </summary>
public static class IpcChannel
{
    /// <summary>
    /// The private directory of channels that are named without a path; created if it does not exist.
    /// </summary>
    /// <exception cref="ChannelFileException">It cannot be created, belongs to another user, or is open to
    /// others.</exception>
    public static string RuntimeDirectory
    {
        get
        {
            try
            {
                return HostPlatform.Current.Segments.GetRuntimeDirectory();
            }
            catch (ChannelFault fault)
            {
                throw ChannelException.From(fault);
            }
        }
    }

    /// <summary>
    /// What this system lacks, or a filter of system calls refuses, and what each of these costs; empty if nothing is missing. Channels
    /// work without them. The event source IpMpsc also reports them, once, as "FellBack".
    /// </summary>
    public static IReadOnlyList<string> Shortcomings => HostPlatform.Current.Describe().Shortcomings;

    /// <summary>Whether there is a channel, or any other file, of that name.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelFileException">The runtime directory cannot be used.</exception>
    public static bool Exists(string name) => HostPlatform.Current.Segments.Exists(Resolve(name));

    /// <summary>Describes a channel as it is now.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelNotFoundException">The channel does not exist.</exception>
    /// <exception cref="ChannelMismatchException">The file is not a channel, or the channel has another layout
    /// version.</exception>
    /// <exception cref="ChannelFileException">The file system refuses access to the file.</exception>
    /// <exception cref="ChannelCorruptException">The file is damaged.</exception>
    public static ChannelInfo Inspect(string name) => Inspect(name, [ChannelOwner.Self]);

    /// <summary>Describes a channel that may belong to another user, see <see cref="ChannelSharing"/>.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="trustedOwners">The owners whose channels may be opened.</param>
    /// <inheritdoc cref="Inspect(string)" path="/exception" />
    public static ChannelInfo Inspect(string name, IReadOnlyList<ChannelOwner> trustedOwners)
    {
        using ChannelObserver observer = ChannelObserver.Open(name, trustedOwners);
        return observer.Inspect();
    }

    /// <summary>The channels in the user's runtime directory, by name; other files are left out.</summary>
    /// <exception cref="ChannelFileException">The runtime directory cannot be used.</exception>
    public static IReadOnlyList<ChannelInfo> List()
    {
        List<ChannelInfo> channels = [];
        foreach (string path in FilesIn(RuntimeDirectory).Order(StringComparer.Ordinal))
        {
            try
            {
                if (!SegmentStore.IsTemporary(path))
                {
                    channels.Add(Inspect(path));
                }
            }
            catch (ChannelException)
            {
                // Not a channel, or gone since the directory was read.
            }
        }

        return channels;
    }

    /// <summary>
    /// Deletes a channel with the messages in it. A channel that is in use is deleted only on demand:
    /// its senders then fail with <see cref="ChannelRetiredException"/>, and so does its receiver when it waits and
    /// has received everything that was sent.
    /// </summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="evenIfInUse">Whether to delete it while participants have it open.</param>
    /// <param name="trustedOwners">The owners whose channels may be deleted, see <see cref="ChannelSharing"/>; if null, only this user.</param>
    /// <returns>False if there is no such channel.</returns>
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelInUseException">A process has it open; nothing was done.</exception>
    /// <exception cref="ChannelMismatchException">The file is not a channel; nothing was done.</exception>
    /// <exception cref="ChannelFileException">
    /// The file system does not allow it. If the directory does not let this user remove files, nothing was done.
    /// </exception>
    public static bool Delete(string name, bool evenIfInUse = false, IReadOnlyList<ChannelOwner>? trustedOwners = null)
    {
        string path = Resolve(name);
        try
        {
            return ChannelRemover.Delete(path, evenIfInUse, ChannelOwner.RulesOf(trustedOwners));
        }
        catch (ChannelFault fault)
        {
            throw ChannelException.From(fault);
        }
    }

    private static string[] FilesIn(string directory)
    {
        try
        {
            return SegmentStore.FilesIn(directory, "*");
        }
        catch (ChannelFault fault)
        {
            throw ChannelException.From(fault);
        }
    }

    private static string Resolve(string name)
    {
        try
        {
            return ChannelPath.Resolve(name);
        }
        catch (ChannelFault fault)
        {
            throw ChannelException.From(fault);
        }
    }
}
