using System.Diagnostics;
using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Golden;

/// <summary>
/// Regenerates the golden images after a change of the layout: run it by its name, check the texts, and commit them.
/// <c>dotnet test IpMpsc.Native.Tests --filter FullyQualifiedName~ImageMaker -- NUnit.ExplicitMode=Relaxed</c>
/// </summary>
[Explicit("It overwrites native/golden.")]
public sealed class ImageMaker : ChannelFixture
{
    [Test]
    public void MakeImages()
    {
        MakeWaiting(Directory["dotnet-waiting.image"]);
        MakeGap(Directory["dotnet-gap.image"]);
        MakeBytes(Directory["dotnet-bytes.image"]);
        MakeTraced(Directory["dotnet-traced.image"]);
        InstalledProgram.Run(NativeBuild.Peer, "images", Directory.Path);
        foreach (string made in System.IO.Directory.GetFiles(Directory.Path, "*.image"))
        {
            string name = Path.GetFileNameWithoutExtension(made);
            File.Copy(made, Path.Join(GoldenImages.Folder, $"{name}.image"), overwrite: true);
            File.WriteAllText(Path.Join(GoldenImages.Folder, $"{name}.txt"), ImageText.Of(made));
        }
    }

    /// <summary>Messages of two senders, an aborted claim, a batch, and padding at the end of the lap.</summary>
    private static void MakeWaiting(string path)
    {
        using Receiver<Note> receiver = Receiver<Note>.Create(path, new IpcChannelOptions { Capacity = 512, MaxSenders = 4, ParticipantName = "receiver" });
        using Sender<Note> first = Sender<Note>.Open(path, new IpcChannelOptions { ParticipantName = "first" });
        using ExclusiveSender<Note> second = ExclusiveSender<Note>.Open(path, new IpcChannelOptions { ParticipantName = "second, Größe" });
        for (int number = 0; number < 7; number++)
        {
            first.Send(NoteOf(number, "to be received"));
            receiver.Receive();
        }

        second.SendBatch([NoteOf(7, "waits"), NoteOf(8, ""), NoteOf(9, "€")]);
        using (Claim<Note> claim = first.Claim(new Note.Sizes { Text = 30 }))
        {
            claim.Abort();
        }

        first.Send(NoteOf(10, "behind an aborted claim"));
    }

    /// <summary>A gap that a dead sender has left, and a claim that another one never won.</summary>
    private static void MakeGap(string path)
    {
        ByteReceiver.Create(path, new IpcChannelOptions { Capacity = 1024, MaxSenders = 4, ParticipantName = "receiver" }).Dispose();
        using ByteSender survivor = ByteSender.Open(path, new IpcChannelOptions { ParticipantName = "survivor" });
        survivor.Send("before the gap"u8);
        Die("commit.stamp", 70);
        survivor.Send("behind the gap"u8);
        Die("wake.check", 20);
        Die("claim.cas-tail", 30);

        void Die(string step, int length)
        {
            using PeerProcess victim = PeerProcess.Start(
                CrashOrder.Kill(step), "send", "Bytes", "Shared", path, "0", "1", "Send", $"{length}", $"{length}");
            victim.ExpectKilled();
        }
    }

    /// <summary>Several laps of raw bytes that were received, and an empty message that waits.</summary>
    private static void MakeBytes(string path)
    {
        using ByteReceiver receiver = ByteReceiver.Create(path, new IpcChannelOptions { Capacity = 256, MaxSenders = 1, ParticipantName = "receiver" });
        using ByteSender sender = ByteSender.Open(path, new IpcChannelOptions { ParticipantName = "sender" });
        for (int length = 0; length < 60; length++)
        {
            byte[] bytes = new byte[length];
            bytes.AsSpan().Fill((byte)length);
            sender.Send(bytes);
            receiver.Receive();
        }

        sender.Send([]);
    }

    /// <summary>Messages with trailers, with a context and without, among others; a shortened one, a batch, and a lap that ends.</summary>
    private static void MakeTraced(string path)
    {
        using ByteReceiver receiver = ByteReceiver.Create(path, new IpcChannelOptions { Capacity = 512, MaxSenders = 2, ParticipantName = "receiver" });
        using ByteSender traced = ByteSender.Open(path, new IpcChannelOptions { ParticipantName = "traced", TraceMessages = true });
        using ByteSender plain = ByteSender.Open(path, new IpcChannelOptions { ParticipantName = "plain" });
        for (int length = 0; length < 20; length++)
        {
            traced.Send(new byte[length]);
            receiver.Receive();
        }

        traced.Send("without a context"u8);
        plain.Send("without a trailer"u8);
        using Activity activity = new Activity("golden").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        activity.Start();
        traced.SendBatch(["first"u8.ToArray(), "second, of some more bytes"u8.ToArray()]);
        using ByteClaim claim = traced.Claim(60);
        "shortened"u8.CopyTo(claim.Payload);
        claim.Commit(9);
    }

    private static Note NoteOf(int number, string text) => new() { Number = number, Text = text, Weight = number + 0.5 };
}
