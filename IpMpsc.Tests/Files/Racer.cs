using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>A peer that makes one call at the same time as others.</summary>
internal sealed class Racer(string call) : IDisposable
{
    public const string Done = "done";

    /// <summary>The library refused with one of its own exceptions.</summary>
    public static readonly string Failed = $"exit {(int)ExitCode.Channel}";

    private readonly PeerProcess _peer = PeerPool.Rent();

    public string Call => call;

    public int ProcessId => _peer.Id;

    public string Answer { get; private set; } = "";

    public bool Won => Answer == Done;

    public void Start(string path) => _peer.Say($"file {call} {path}");

    public void Listen() => Answer = _peer.Listen();

    /// <summary>Leaves the channel, if it is in it.</summary>
    public void Leave()
    {
        if (Won)
        {
            _peer.Say("leave");
            _peer.Expect($"exit {(int)ExitCode.Success}");
        }
    }

    public void Dispose() => PeerPool.Return(_peer);
}
