using System.Globalization;
using IpMpsc.Judging;

namespace IpMpsc;

/// <summary>
/// Judges one channel: whether the receiver or a sender stalls, senders wait for room or drop messages, the ring is full, and so on. It remembers
/// what it saw before, because one look cannot tell a process that stands still from one that is about to move.
/// Every age is a lower bound: it counts from the first look that saw the state, unless a participant has noted the time in the channel.
/// </summary>
/// <remarks>
/// Use one judge for each channel, show it every look, and look at least twice, a second apart: <see cref="IsUndecided"/> says whether that is worth it.
/// Not thread-safe.
/// </remarks>
public sealed class ChannelJudge
{
    /// <summary>Whatever has not moved for this long is called stalled.</summary>
    public static TimeSpan StallTime { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Whatever has been stalled for this long is a problem.</summary>
    private static readonly TimeSpan s_longStall = TimeSpan.FromSeconds(5);

    /// <summary>Messages that are held for this long are worth a look.</summary>
    private static readonly TimeSpan s_longHold = TimeSpan.FromSeconds(10);

    /// <summary>A state that is younger than this began after the last look.</summary>
    private static readonly TimeSpan s_newest = TimeSpan.FromMilliseconds(20);

    /// <summary>A ring that is used more than this part is called full.</summary>
    private const double FullPart = 0.8;

    private readonly Dictionary<ChannelVerdictKind, DateTimeOffset> _since = [];
    private Dictionary<int, ChannelSenderInfo> _senders = [];
    private long _readyAt = -1;
    private (DateTimeOffset Time, long Count)? _dropped;
    private DateTimeOffset _now;
    private bool _hasLooked;

    /// <summary>Whether another look within <see cref="StallTime"/> may add a verdict.</summary>
    public bool IsUndecided { get; private set; }

    /// <summary>The verdicts about the channel now, the worst first; empty if there is none.</summary>
    /// <param name="channel">What was seen.</param>
    /// <param name="now">When it was seen.</param>
    /// <exception cref="ArgumentNullException">The channel is null.</exception>
    public IReadOnlyList<ChannelVerdict> Judge(ChannelInfo channel, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(channel);
        _now = now;
        IsUndecided = channel.IsRoomAwaited && channel.Senders.Any(sender => sender.IsAttached && !_senders.ContainsKey(sender.Slot));
        int waiting = Note(ChannelVerdictKind.SendersWaiting, CountWaiting(channel));
        bool isFull = Note(ChannelVerdictKind.RingFull, channel.BytesUsed > channel.Capacity * FullPart ? 1 : 0) > 0;
        bool isPressing = isFull || waiting > 0;
        ChannelVerdict?[] verdicts =
        [
            Broken(channel),
            StalledSender(channel),
            StalledReceiver(channel, isPressing),
            MissingReceiver(channel, isPressing),
            waiting > 0 ? Waiting(waiting) : null,
            Dropping(channel),
            isFull ? Full(channel) : null,
            Held(channel),
        ];
        _senders = channel.Senders.ToDictionary(static sender => sender.Slot);
        _hasLooked = true;
        return [.. verdicts.OfType<ChannelVerdict>().OrderByDescending(static verdict => verdict.Severity).ThenBy(static verdict => verdict.Kind)];
    }

    /// <summary>
    /// Senders that began to wait since the last look, or that waited earlier and have sent nothing since, while at least one announces that it sleeps.
    /// </summary>
    private int CountWaiting(ChannelInfo channel) => !channel.IsRoomAwaited ? 0 : channel.Senders.Count(sender =>
        sender is { IsAttached: true, ClaimSince: null, Waits: > 0 }
        && _senders.TryGetValue(sender.Slot, out ChannelSenderInfo? before)
        && sender.Participant == before.Participant
        && (sender.Waits > before.Waits || sender.MessagesSent == before.MessagesSent));

    private ChannelVerdict? Broken(ChannelInfo channel) => channel.Head switch
    {
        HeadState.Corrupt => new(ChannelVerdictKind.Corrupt, VerdictSeverity.Problem, HeadInWords.Of(channel), HeadInWords.Brief(channel), null),
        HeadState.Abandoned => new(ChannelVerdictKind.DeadClaim, VerdictSeverity.Warning, HeadInWords.Of(channel), HeadInWords.Brief(channel), null),
        _ => null,
    };

    private ChannelVerdict? StalledSender(ChannelInfo channel)
    {
        ChannelSenderInfo? stalled = HeadInWords.Holder(channel) is { IsAttached: true, ClaimSince: not null } holder && channel.Head == HeadState.Claimed
            ? holder
            : channel.Senders.Where(static sender => sender is { IsAttached: true, ClaimSince: not null }).MinBy(static sender => sender.ClaimSince);
        if (stalled is not { ClaimSince: { } since })
        {
            return null;
        }

        TimeSpan age = _now - since;
        if (age < StallTime)
        {
            Suspect(age);
            return null;
        }

        bool isAtHead = channel.Head == HeadState.Claimed && stalled.Covers(channel.NextPosition);
        bool isWaitedFor = isAtHead && channel.IsReceiverAttached;
        string what = isAtHead ? "the claim at the head" : Text($"a claim of {stalled.ClaimLength:N0} bytes at {stalled.ClaimPosition:N0}");
        string consequence = isWaitedFor ? "; the receiver and all messages behind it wait for it" : "";
        return new ChannelVerdict(
            ChannelVerdictKind.SenderStalled,
            isWaitedFor && age >= s_longStall ? VerdictSeverity.Problem : VerdictSeverity.Warning,
            $"Sender stalled: {HeadInWords.Name(stalled.Participant)} has held {what} for at least {Wording.Age(age)}{consequence}.",
            isWaitedFor ? Text($"waits for {stalled.Participant.ProcessId}, {Wording.Age(age)}") : Text($"claim of {stalled.Participant.ProcessId}, {Wording.Age(age)}"),
            since);
    }

    private ChannelVerdict? StalledReceiver(ChannelInfo channel, bool isPressing)
    {
        bool isReady = channel is { IsReceiverAttached: true, Head: HeadState.Ready or HeadState.Abandoned };
        if (!isReady || channel.NextPosition != _readyAt)
        {
            _since.Remove(ChannelVerdictKind.ReceiverStalled);
        }

        _readyAt = isReady ? channel.NextPosition : -1;
        if (Note(ChannelVerdictKind.ReceiverStalled, isReady ? 1 : 0) == 0)
        {
            return null;
        }

        TimeSpan age = AgeOf(ChannelVerdictKind.ReceiverStalled);
        if (age < StallTime)
        {
            Suspect(age);
            return null;
        }

        return new ChannelVerdict(
            ChannelVerdictKind.ReceiverStalled,
            isPressing || age >= s_longStall ? VerdictSeverity.Problem : VerdictSeverity.Warning,
            $"Receiver stalled: a message has been ready for at least {Wording.Age(age)}, and {HeadInWords.Name(channel.Receiver)} has not received the next one.",
            $"receiver stalled, {Wording.Age(age)}",
            _since[ChannelVerdictKind.ReceiverStalled]);
    }

    private ChannelVerdict? MissingReceiver(ChannelInfo channel, bool isPressing)
    {
        int senders = SenderProcesses.Count(channel);
        bool isMissing = !channel.IsReceiverAttached && (channel.BytesUsed > 0 || senders > 0);
        if (Note(ChannelVerdictKind.NoReceiver, isMissing ? 1 : 0) == 0)
        {
            return null;
        }

        string last = channel.Receiver is { } receiver ? $"the last one was {HeadInWords.Name(receiver)}" : "none has been attached yet";
        return new ChannelVerdict(
            ChannelVerdictKind.NoReceiver,
            isPressing ? VerdictSeverity.Problem : VerdictSeverity.Warning,
            Text($"No receiver{Seen(ChannelVerdictKind.NoReceiver)}: {last}; {channel.BytesUsed:N0} bytes wait, and sender processes attached: {senders:N0}."),
            "no receiver",
            _since[ChannelVerdictKind.NoReceiver]);
    }

    private ChannelVerdict Waiting(int count)
    {
        string what = Text($"{(count == 1 ? "1 sender waits" : $"{count:N0} senders wait")} for room");
        return new ChannelVerdict(
            ChannelVerdictKind.SendersWaiting,
            AgeOf(ChannelVerdictKind.SendersWaiting) >= s_longStall ? VerdictSeverity.Problem : VerdictSeverity.Warning,
            $"{what}{Seen(ChannelVerdictKind.SendersWaiting)}.",
            what,
            _since[ChannelVerdictKind.SendersWaiting]);
    }

    /// <summary>Whether senders have dropped messages since the last look, and how many a second.</summary>
    private ChannelVerdict? Dropping(ChannelInfo channel)
    {
        (DateTimeOffset since, long before) = _dropped ??= (_now, channel.DroppedBySenders);
        double seconds = (_now - since).TotalSeconds;
        int count = (int)Math.Clamp(channel.DroppedBySenders - before, 0, int.MaxValue);
        if (seconds >= StallTime.TotalSeconds)
        {
            _dropped = (_now, channel.DroppedBySenders);
        }
        else if (count == 0 && channel.Senders.Any(static sender => sender is { IsAttached: true, Dropped: > 0 }))
        {
            IsUndecided = true; // It may drop messages now and then.
        }

        if (Note(ChannelVerdictKind.SendersDropping, count) == 0)
        {
            return null;
        }

        string rate = $"{Wording.Count(Math.Round(count / Math.Max(seconds, s_newest.TotalSeconds)))}/s";
        string droppers = string.Join(", ", channel.Senders
            .Where(sender => sender.IsAttached && sender.Dropped > DroppedBefore(sender))
            .Select(static sender => HeadInWords.Name(sender.Participant)).Distinct().Take(3));
        string found = droppers.Length == 0 ? "there is" : $"{droppers} found";
        return new ChannelVerdict(
            ChannelVerdictKind.SendersDropping,
            VerdictSeverity.Warning,
            Text($"Senders dropping, {rate}{Seen(ChannelVerdictKind.SendersDropping)}: {found} no room; ") +
            Text($"{channel.DroppedBySenders:N0} dropped since the channel was made."),
            $"dropping, {rate}",
            _since[ChannelVerdictKind.SendersDropping]);
    }

    /// <summary>What a sender had dropped at the last look; 0 if another one had the slot then.</summary>
    private long DroppedBefore(ChannelSenderInfo sender) =>
        _senders.TryGetValue(sender.Slot, out ChannelSenderInfo? before) && before.Participant == sender.Participant ? before.Dropped : 0;

    private ChannelVerdict Full(ChannelInfo channel) => new(
        ChannelVerdictKind.RingFull,
        VerdictSeverity.Warning,
        Text($"Ring {Wording.Percent(channel.BytesUsed, channel.Capacity)} full{Seen(ChannelVerdictKind.RingFull)}: ") +
        Text($"{channel.BytesUsed:N0} of {channel.Capacity:N0} bytes are used."),
        "ring full",
        _since[ChannelVerdictKind.RingFull]);

    private ChannelVerdict? Held(ChannelInfo channel)
    {
        if (channel is not { IsReceiverAttached: true, HeldMessages: > 0, HeldSince: { } since })
        {
            return null;
        }

        TimeSpan age = _now - since;
        return new ChannelVerdict(
            ChannelVerdictKind.MessagesHeld,
            age >= s_longHold || channel.HeldBytes >= channel.Capacity / 2 ? VerdictSeverity.Warning : VerdictSeverity.Good,
            Text($"Messages held: {HeadInWords.Name(channel.Receiver)} holds {Wording.Messages(channel.HeldMessages)}, {channel.HeldBytes:N0} bytes ") +
            $"({Wording.Percent(channel.HeldBytes, channel.Capacity)}), the first for {Wording.Age(age)}.",
            $"held, {Wording.Age(age)}",
            since);
    }

    /// <summary>Asks for another look, unless an earlier look shows that this state is new: then the channel moves.</summary>
    private void Suspect(TimeSpan age) => IsUndecided |= !_hasLooked || age >= s_newest;

    /// <summary>Remembers since when a number has been above 0, and returns the number.</summary>
    private int Note(ChannelVerdictKind kind, int count)
    {
        if (count > 0)
        {
            _since.TryAdd(kind, _now);
        }
        else
        {
            _since.Remove(kind);
        }

        return count;
    }

    private TimeSpan AgeOf(ChannelVerdictKind kind) => _now - _since[kind];

    /// <summary>How long it has been seen so; nothing if it is less than a second.</summary>
    private string Seen(ChannelVerdictKind kind) =>
        AgeOf(kind) is { TotalSeconds: >= 1 } age ? $" for at least {Wording.Age(age)}" : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
