using System.Globalization;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Support;

/// <summary>A sender in another process, which makes every call that is made on this object.</summary>
internal sealed class PeerProbeSender : ProbeSender
{
    private readonly PeerProcess _peer = PeerPool.Rent();
    private readonly Lock _end = new();
    private bool _calling;
    private bool _ended;

    public PeerProbeSender(ProbeKind kind, SenderFlavour flavour, string channel)
    {
        _peer.Say($"sender {kind} {flavour} {channel}");
        _peer.Expect("open");
    }

    public PeerProcess Process => _peer;

    public override void Send(Probe probe, CancellationToken cancellation) => Ask($"send {probe}", cancellation);

    public override bool TrySend(Probe probe) => bool.Parse(Ask($"try-send {probe}"));

    public override bool TrySend(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        bool.Parse(Ask($"try-send-for {probe} {Text(timeout)}", cancellation));

    public override void SendWhenEmpty(Probe probe, CancellationToken cancellation) => Ask($"send-when-empty {probe}", cancellation);

    public override bool TrySendWhenEmpty(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        bool.Parse(Ask($"try-send-when-empty {probe} {Text(timeout)}", cancellation));

    public override void SendBatch(IReadOnlyList<Probe> probes, CancellationToken cancellation) =>
        Ask(string.Join(' ', ["send-batch", .. probes.Select(probe => probe.ToString())]), cancellation);

    public override int TrySendBatch(IReadOnlyList<Probe> probes) =>
        int.Parse(Ask(string.Join(' ', ["try-send-batch", .. probes.Select(probe => probe.ToString())])), CultureInfo.InvariantCulture);

    public override void Claim(Probe probe, ClaimEnd end, Action? whileHeld, CancellationToken cancellation) =>
        Ask($"claim {probe} {end}", cancellation, whileHeld);

    public override bool TryClaim(
        Probe probe, ClaimEnd end, TimeSpan timeout, Action? whileHeld, CancellationToken cancellation) =>
        bool.Parse(Ask($"try-claim {probe} {end} {Text(timeout)}", cancellation, whileHeld));

    public override void Stream(ProbeStream stream) => Ask($"stream {stream.Arguments}");

    /// <summary>Disposes the sender in the peer at once, even during one of its calls.</summary>
    public override void Dispose()
    {
        lock (_end)
        {
            if (_calling)
            {
                _peer.Say("!dispose");
            }
            else if (!_ended)
            {
                _ended = true;
                _peer.Say("close");
                PeerPool.FinishAndReturn(_peer);
            }
        }
    }

    /// <summary>Kills the peer, whatever it is doing.</summary>
    public void Kill()
    {
        _ended = true;
        _peer.Kill();
        _peer.Dispose();
    }

    private string Ask(string call, CancellationToken cancellation = default, Action? whileHeld = null)
    {
        lock (_end)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            _calling = true;
            _peer.Say(call);
        }

        using CancellationTokenRegistration registration = cancellation.Register(() => _peer.Say("!cancel"));
        string answer = _peer.Listen();
        if (answer == "held")
        {
            whileHeld?.Invoke();
            _peer.Say("go");
            answer = _peer.Listen();
        }

        lock (_end)
        {
            _calling = false;
        }

        if (answer.Split(' ', 3) is ["throw", var type, var message])
        {
            throw new PeerFailureException(new Failure(type, message));
        }

        return answer;
    }

    private static string Text(TimeSpan time) => time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
}
