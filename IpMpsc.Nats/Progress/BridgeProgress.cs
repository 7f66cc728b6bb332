using Microsoft.Extensions.Logging;

namespace IpMpsc.Nats.Progress;

/// <summary>What a bridge has done and what it does now: for its status, the meter and the log. Safe to use from any thread.</summary>
/// <param name="name">What the log calls the bridge.</param>
/// <param name="tags">The tags of its measurements.</param>
/// <param name="logger">Takes what is logged.</param>
internal sealed class BridgeProgress(string name, KeyValuePair<string, object?>[] tags, ILogger logger)
{
    /// <summary>How often a wait that goes on is logged again.</summary>
    private static readonly TimeSpan s_reminder = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private BridgeState _state = BridgeState.NotStarted;
    private string? _reason;
    private DateTimeOffset _since = DateTimeOffset.UtcNow;
    private DateTimeOffset _logged;
    private long _messages;
    private long _bytes;
    private long _batches;
    private long _interruptions;
    private long _foreign;
    private long _pending;

    public KeyValuePair<string, object?>[] Tags => tags;

    public BridgeStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new BridgeStatus
                {
                    State = _state,
                    Reason = _reason,
                    Since = _since,
                    Messages = _messages,
                    Bytes = _bytes,
                    Batches = _batches,
                    Interruptions = _interruptions,
                    Foreign = _foreign,
                    Pending = _pending,
                };
            }
        }
    }

    /// <summary>The bridge carries messages from now on.</summary>
    public void Runs(string broker, string from)
    {
        if (Enter(BridgeState.Running, reason: null))
        {
            BridgeLog.Runs(logger, name, broker, from);
        }
    }

    /// <summary>What held the bridge up for a moment, without an interruption, is over.</summary>
    public void RunsAgain() => Enter(BridgeState.Running, reason: null);

    /// <summary>The bridge waits, or refuses to continue. Logged when the reason changes, and now and then while it lasts.</summary>
    public void Waits(BridgeState state, string reason, Exception? failure = null)
    {
        bool isNew = Enter(state, reason);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (isNew || now - _logged > s_reminder)
        {
            _logged = now;
            if (state == BridgeState.Refused)
            {
                BridgeLog.Refuses(logger, failure, name, reason);
            }
            else if (isNew)
            {
                BridgeLog.Waits(logger, name, reason);
            }
            else
            {
                BridgeLog.StillWaits(logger, name, _since, reason);
            }
        }
    }

    public void Interrupted()
    {
        Interlocked.Increment(ref _interruptions);
        BridgeMeter.Interruptions.Add(1, tags);
    }

    public void Stopped()
    {
        Enter(BridgeState.Stopped, reason: null);
        BridgeLog.Stopped(logger, name, _messages);
    }

    /// <summary>Counts a batch that has arrived.</summary>
    public void Carried(int messages, long bytes)
    {
        lock (_gate)
        {
            _messages += messages;
            _bytes += bytes;
            _batches++;
        }

        BridgeMeter.Messages.Add(messages, tags);
        BridgeMeter.Bytes.Add(bytes, tags);
        BridgeMeter.Batches.Add(1, tags);
    }

    /// <summary>Counts a message that is stepped over. Logs the first, and then ever fewer: somebody may write millions.</summary>
    public void Foreign(ulong sequence, string why)
    {
        long count = Interlocked.Increment(ref _foreign);
        BridgeMeter.Foreign.Add(1, tags);
        if (long.IsPow2(count))
        {
            BridgeLog.Foreign(logger, name, sequence, why, count);
        }
    }

    public void Pending(long batches) => Volatile.Write(ref _pending, batches);

    public void Lost(string what) => BridgeLog.Lost(logger, name, what);

    public void Shares() => BridgeLog.Shares(logger, name);

    /// <returns>Whether it was in another state, or had another reason.</returns>
    private bool Enter(BridgeState state, string? reason)
    {
        lock (_gate)
        {
            if (_state == state && _reason == reason)
            {
                return false;
            }

            _since = _state == state ? _since : DateTimeOffset.UtcNow;
            (_state, _reason) = (state, reason);
            return true;
        }
    }
}
