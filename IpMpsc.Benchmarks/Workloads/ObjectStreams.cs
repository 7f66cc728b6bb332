using System.IO.Pipes;
using System.Net.Sockets;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Contenders.Objects;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>The same message as a generated struct and as an object in the format of MemoryPack, which is sent in several ways.</summary>
internal static class ObjectStreams
{
    public const string Name = "objects";
    public const string View = "IpMpsc, generated, read in place";
    public const string MemoryPack = "IpMpsc, MemoryPack object";
    public const string OverSocket = "Unix socket, MemoryPack object";
    public const string OverPipe = "named pipe, MemoryPack object";

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Messages with texts, of about 130 bytes", Unit.MessagesPerSecond,
            new(
                View,
                ContenderKind.Library,
                static job => new FillRecordReceiver(job, inPlace: true),
                static job => new FillRecordSender(job)),
            new(
                "IpMpsc, generated, owned copy",
                ContenderKind.Library,
                static job => new FillRecordReceiver(job, inPlace: false),
                static job => new FillRecordSender(job)),
            new(
                MemoryPack,
                ContenderKind.Library,
                static job => new FillReceiver(job),
                static job => new FillSender(job)),
            new(
                OverSocket,
                ContenderKind.Alternative,
                static job => new FillStreamReceiver(job, ListenOnSocket),
                static job => new FillStreamSender(job, static path => new NetworkStream(UnixSocket.Connect(path), ownsSocket: true))),
            new(
                OverPipe,
                ContenderKind.Alternative,
                static job => new FillStreamReceiver(job, ListenOnPipe),
                static job => new FillStreamSender(job, ConnectToPipe))),
    ];

    private static (IDisposable Listener, Func<Stream> Accept) ListenOnSocket(string path)
    {
        Socket listener = UnixSocket.Listen(path);
        return (listener, () => new NetworkStream(listener.Accept(), ownsSocket: true));
    }

    private static (IDisposable Listener, Func<Stream> Accept) ListenOnPipe(string path)
    {
        NamedPipeServerStream pipe = new(PipeName.Of(path), PipeDirection.In);
        return (pipe, () =>
        {
            pipe.WaitForConnection();
            return pipe;
        });
    }

    private static NamedPipeClientStream ConnectToPipe(string path)
    {
        NamedPipeClientStream pipe = new(".", PipeName.Of(path), PipeDirection.Out);
        pipe.Connect();
        return pipe;
    }
}
