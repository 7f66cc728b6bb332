using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Health;

/// <summary>
/// Looks at a channel from outside; no participant notices. It remembers what it saw, because only a second look
/// shows whether something stalls.
/// </summary>
internal sealed class ChannelHealthCheck(string name, IOptionsMonitor<HostedChannelOptions> options) : IHealthCheck
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly ChannelJudge _judge = new();
    private readonly SemaphoreSlim _looking = new(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HostedChannelOptions channel = options.Get(name);
        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            (ChannelInfo info, IReadOnlyList<ChannelVerdict> verdicts) = await LookAsync(channel.Path ?? name, channel, cancellationToken).ConfigureAwait(false);
            return Judge(info, verdicts, channel.Health, DateTimeOffset.UtcNow);
        }
        catch (ChannelException failure)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, failure.Message, failure);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Looks again, for about a second altogether, while something may be wrong and is not certain.</summary>
    private async Task<(ChannelInfo Channel, IReadOnlyList<ChannelVerdict> Verdicts)> LookAsync(
        string path, HostedChannelOptions options, CancellationToken cancellationToken)
    {
        using ChannelObserver observer = ChannelObserver.Open(path, options.TrustedOwners ?? [ChannelOwner.Self]);
        for (TimeSpan waited = default; ; waited += s_interval)
        {
            ChannelInfo channel = observer.Inspect();
            IReadOnlyList<ChannelVerdict> verdicts = _judge.Judge(channel, DateTimeOffset.UtcNow);
            if (!_judge.IsUndecided || waited > ChannelJudge.StallTime)
            {
                return (channel, verdicts);
            }

            await Task.Delay(s_interval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The worst verdict, unless the options say otherwise: they have the last word about a missing receiver, a
    /// sender that blocks the
    /// receiver, a receiver that stalls, and the depth.
    /// </summary>
    internal static HealthCheckResult Judge(
        ChannelInfo channel, IReadOnlyList<ChannelVerdict> verdicts, ChannelHealthOptions options, DateTimeOffset now)
    {
        Dictionary<string, object> data = new()
        {
            ["path"] = channel.Path,
            ["capacity"] = channel.Capacity,
            ["used"] = channel.BytesUsed,
            ["senderProcesses"] = channel.Senders.Where(static sender => sender.IsAttached).Select(static sender => sender.Participant.ProcessId).Distinct().Count(),
            ["senderSlots"] = channel.Senders.Count(static sender => sender.IsAttached),
            ["receiver"] = channel.IsReceiverAttached,
            ["messagesReceived"] = channel.MessagesReceived,
            ["dropped"] = channel.DroppedBySenders + channel.DroppedByReceiver,
            ["verdicts"] = verdicts.Select(static verdict => verdict.Text).ToArray(),
        };
        List<(HealthStatus Status, string Text)> found = [];
        if (channel.IsRetired)
        {
            found.Add((HealthStatus.Unhealthy, $"Channel '{channel.Path}' was deleted: restart its participants to open it anew."));
        }

        if (!channel.IsReceiverAttached)
        {
            string last = channel.Receiver is { } receiver
                ? string.Create(CultureInfo.InvariantCulture, $"the last one was {receiver.Name}, process {receiver.ProcessId}")
                : "it never had one";
            found.Add((options.WithoutReceiver, $"Channel '{channel.Path}' has no receiver; {last}. Messages wait in the channel."));
        }

        if (channel is { BlockedBy: { } sender, BlockedSince: { } since } && now - since > options.BlockedAfter)
        {
            data["blockedBy"] = sender.Participant.ProcessId;
            data["blockedSince"] = since;
            found.Add((HealthStatus.Degraded, string.Create(
                CultureInfo.InvariantCulture,
                $"The receiver of channel '{channel.Path}' has been waiting since {since:O} for {sender.Participant.Name}, " +
                $"process {sender.Participant.ProcessId}, which has claimed {sender.ClaimLength:N0} bytes and not committed them.")));
        }

        foreach (ChannelVerdict verdict in verdicts)
        {
            if (StatusOf(verdict, options, now) is { } status)
            {
                found.Add((status, $"Channel '{channel.Path}': {verdict.Text}"));
            }
        }

        if (channel.BytesUsed > channel.Capacity * options.MaxDepth)
        {
            found.Add((HealthStatus.Degraded, string.Create(
                CultureInfo.InvariantCulture,
                $"Channel '{channel.Path}' is {100.0 * channel.BytesUsed / channel.Capacity:0} % full: " +
                $"{channel.BytesUsed:N0} of {channel.Capacity:N0} bytes.")));
        }

        return found.OrderBy(static item => item.Status).FirstOrDefault() is { Text: { } text } worst
            ? new HealthCheckResult(worst.Status, text, data: data)
            : HealthCheckResult.Healthy(data: data);
    }

    /// <summary>What a verdict means for the health; null if it means nothing, or if the options decide.</summary>
    private static HealthStatus? StatusOf(ChannelVerdict verdict, ChannelHealthOptions options, DateTimeOffset now) => verdict.Kind switch
    {
        ChannelVerdictKind.Corrupt => HealthStatus.Unhealthy,
        ChannelVerdictKind.NoReceiver or ChannelVerdictKind.SenderStalled or ChannelVerdictKind.RingFull or ChannelVerdictKind.SendersWaiting => null,
        ChannelVerdictKind.ReceiverStalled => now - verdict.Since >= options.StalledAfter ? HealthStatus.Degraded : null,
        _ => verdict.Severity == VerdictSeverity.Good ? null : HealthStatus.Degraded,
    };
}
