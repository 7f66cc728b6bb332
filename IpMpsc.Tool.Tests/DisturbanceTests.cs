using System.Diagnostics;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary>Looking at a channel with the tool does not disturb its participants.</summary>
public sealed class DisturbanceTests : ToolFixture
{
    private static readonly TimeSpan s_time = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Asserts the reason and prints the effect: top cannot store into the
    /// segment, and cannot take a lock that a participant needs.
    /// </summary>
    [Test]
    public void TopLeavesThroughputAlone()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw", new IpcChannelOptions { Capacity = 1 << 16 });
        using CancellationTokenSource end = new();
        Task sending = Background.Run(() =>
        {
            using ByteSender sender = ByteSender.Open("raw");
            while (!end.IsCancellationRequested)
            {
                _ = sender.TrySend(new byte[48], TimeSpan.FromMilliseconds(100));
            }
        });
        Receive(receiver, s_time / 4);
        double alone = Receive(receiver, s_time);
        string[] locks = LocksOf(receiver.Path);

        using ToolProcess top = ToolProcess.Start("top", "--json", "--interval", "0.1");
        top.Listen();
        double watched = Receive(receiver, s_time);
        string[] locksWhileWatched = LocksOf(receiver.Path);
        string[] access = [.. OpenFiles.MappingsOf(top.Id, receiver.Path)];
        int[] modes = [.. OpenFiles.ModesOf(top.Id, receiver.Path)];
        top.Interrupt();
        top.End().Expect(ExitCode.Success);
        end.Cancel();
        Receive(receiver, s_time / 4);
        sending.Finish("The sender");

        TestContext.Out.WriteLine($"{alone:N0} messages/s alone, {watched:N0} with top: {watched / alone:P0}");
        Assert.That(access, Is.EqualTo(new[] { "r--s" }), "Nothing can be stored through its mapping.");
        Assert.That(modes, Is.EqualTo(new[] { 0 }), "A read-only descriptor cannot take an exclusive lock.");
        Assert.That(locksWhileWatched, Is.EqualTo(locks));
    }

    [Test]
    public void PeekAndInspectChangeNothing()
    {
        CreateQuotes("quotes", 5);
        byte[] before = File.ReadAllBytes(PathOf("quotes"));

        ToolProcess.Run("peek", "quotes").Expect(ExitCode.Success);
        ToolProcess.Run("inspect", "quotes").Expect(ExitCode.Success);
        ToolProcess.Run("list").Expect(ExitCode.Success);
        ToolProcess.Run("top", "-n", "1").Expect(ExitCode.Success);

        Assert.That(File.ReadAllBytes(PathOf("quotes")), Is.EqualTo(before));
    }

    /// <summary>Receives for a time; returns messages per second.</summary>
    private static double Receive(ByteReceiver receiver, TimeSpan time)
    {
        Span<byte> buffer = stackalloc byte[48];
        long start = Stopwatch.GetTimestamp();
        long count = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            count += receiver.TryReceive(buffer, out _, TimeSpan.FromMilliseconds(10)) ? 1 : 0;
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The ranges of a file that are locked, whoever holds them.</summary>
    private static string[] LocksOf(string path)
    {
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", path]) { RedirectStandardOutput = true })!;
        string inode = stat.StandardOutput.ReadToEnd().Trim();
        return
        [
            .. from line in File.ReadAllLines("/proc/locks")
               let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where words[5].EndsWith($":{inode}", StringComparison.Ordinal)
               select string.Join(' ', words[1..]) into text
               orderby text
               select text,
        ];
    }
}
