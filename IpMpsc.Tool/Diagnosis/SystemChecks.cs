using System.Runtime.InteropServices;
using IpMpsc.Platform;
using IpMpsc.Platform.Unix;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>What the system offers, and how the library uses it.</summary>
internal static class SystemChecks
{
    /// <summary>Less than this is room for only a few channels of the default capacity.</summary>
    private const long LittleSpace = 16 << 20;

    public static IEnumerable<Finding> Run(string? directory)
    {
        yield return Finding.Good(
            "system",
            $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}, " +
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
        PlatformReport platform = HostPlatform.Current.Describe();
        yield return Finding.Good("waiting", $"{platform.Sleep} for one channel, {platform.SleepOnMany} for many");
        yield return Finding.Good("barrier", platform.Barrier);
        yield return Finding.Good("liveness", platform.Liveness);
        foreach (string shortcoming in platform.Shortcomings)
        {
            yield return Finding.Warning("waiting", shortcoming);
        }

        yield return Finding.Good("memory", $"{Format.Bytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} for this process");
        if (directory is not null)
        {
            yield return Space(directory);
            if (!OperatingSystem.IsWindows() && RemovalCheck.Current.Of(directory) is { } removal)
            {
                yield return removal;
            }
        }
    }

    /// <summary>Sends a message through a channel of its own and checks that each side notices the other.</summary>
    public static Finding TryChannel(string directory)
    {
        const string Subject = "trial";
        try
        {
            string path = Path.Join(directory, $"doctor-{Guid.NewGuid():N}");
            using ByteReceiver receiver = ByteReceiver.Create(path, new IpcChannelOptions { Capacity = 4096, DeleteOnDispose = true });
            using ByteSender sender = ByteSender.Open(path);
            sender.Send("trial"u8);
            bool arrived = receiver.TryReceive(stackalloc byte[16], out int length, TimeSpan.FromSeconds(5)) && length == 5;
            return !arrived ? Finding.Problem(Subject, "a message that was sent did not arrive within 5 s")
                : !sender.IsReceiverAttached ? Finding.Problem(Subject, "the receiver's lock is invisible: the file system does not keep locks")
                : Finding.Good(Subject, "created a channel, sent a message through it and deleted it");
        }
        catch (ChannelException error)
        {
            return MayCreateIn(directory)
                ? Finding.Problem(Subject, error.Message)
                : Finding.Good(Subject, "not made: this user opens channels here, and does not create them");
        }
    }

    /// <summary>A directory that a group shares may let its members only open channels.</summary>
    private static bool MayCreateIn(string directory) =>
        (HostPlatform.Current.Segments as UnixSegmentStore)?.MayChange(directory) ?? true;

    private static Finding Space(string directory)
    {
        try
        {
            DriveInfo drive = new(directory);
            string text = $"{Format.Bytes(drive.AvailableFreeSpace)} free of {Format.Bytes(drive.TotalSize)} " +
                $"({drive.DriveFormat} at {drive.Name})";
            return drive.AvailableFreeSpace >= LittleSpace
                ? Finding.Good("space", text)
                : Finding.Warning("space", $"{text}; this is little for new channels. In a container, raise it with docker run --shm-size.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Warning("space", $"unknown: {error.Message}");
        }
    }
}
