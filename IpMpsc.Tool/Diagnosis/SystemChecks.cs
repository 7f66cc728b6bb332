using System.Runtime.InteropServices;
using IpMpsc.Platform;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>What the system offers, and what the library makes of it.</summary>
internal static class SystemChecks
{
    /// <summary>Below this a channel of the default capacity, and not many more, can be made.</summary>
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
        }
    }

    /// <summary>A channel of its own carries a message, and each side sees that the other is there.</summary>
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
                : !sender.IsReceiverAttached ? Finding.Problem(Subject, "the receiver's lock is not seen: the file system does not keep locks")
                : Finding.Good(Subject, "a channel was made, carried a message and was deleted");
        }
        catch (ChannelException error)
        {
            return Finding.Problem(Subject, error.Message);
        }
    }

    private static Finding Space(string directory)
    {
        try
        {
            DriveInfo drive = new(directory);
            string text = $"{Format.Bytes(drive.AvailableFreeSpace)} free of {Format.Bytes(drive.TotalSize)} " +
                $"({drive.DriveFormat} at {drive.Name})";
            return drive.AvailableFreeSpace >= LittleSpace
                ? Finding.Good("space", text)
                : Finding.Warning("space", $"{text}: little for new channels. In a container, give it more: docker run --shm-size.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Warning("space", $"cannot be found out: {error.Message}");
        }
    }
}
