using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Health;

/// <summary>Looks at a channel from outside; no participant notices.</summary>
internal sealed class ChannelHealthCheck(string name, IOptionsMonitor<HostedChannelOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HostedChannelOptions channel = options.Get(name);
        try
        {
            ChannelInfo info = IpcChannel.Inspect(channel.Path ?? name);
            return Task.FromResult(Judge(info, channel.Health, DateTimeOffset.UtcNow));
        }
        catch (ChannelException failure)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, failure.Message, failure));
        }
    }

    /// <summary>The worst thing that can be said of a channel.</summary>
    internal static HealthCheckResult Judge(ChannelInfo channel, ChannelHealthOptions options, DateTimeOffset now)
    {
        Dictionary<string, object> data = new()
        {
            ["path"] = channel.Path,
            ["capacity"] = channel.Capacity,
            ["used"] = channel.BytesUsed,
            ["senders"] = channel.Senders.Count(sender => sender.IsAttached),
            ["receiver"] = channel.IsReceiverAttached,
            ["messagesReceived"] = channel.MessagesReceived,
        };
        if (channel.IsRetired)
        {
            return new HealthCheckResult(
                HealthStatus.Unhealthy, $"Channel '{channel.Path}' was deleted: restart its participants to open it anew.", data: data);
        }

        if (channel.Head == HeadState.Corrupt)
        {
            return new HealthCheckResult(
                HealthStatus.Unhealthy,
                string.Create(CultureInfo.InvariantCulture, $"The record at position {channel.HeadPosition:N0} of channel '{channel.Path}' is corrupt."),
                data: data);
        }

        if (!channel.IsReceiverAttached)
        {
            string last = channel.Receiver is { } receiver
                ? string.Create(CultureInfo.InvariantCulture, $"the last one was {receiver.Name}, process {receiver.ProcessId}")
                : "it never had one";
            return new HealthCheckResult(
                options.WithoutReceiver, $"Channel '{channel.Path}' has no receiver; {last}. Messages wait in the channel.", data: data);
        }

        if (channel is { BlockedBy: { } sender, BlockedSince: { } since } && now - since > options.BlockedAfter)
        {
            data["blockedBy"] = sender.Participant.ProcessId;
            data["blockedSince"] = since;
            return new HealthCheckResult(
                HealthStatus.Degraded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The receiver of channel '{channel.Path}' has been waiting since {since:O} for {sender.Participant.Name}, " +
                    $"process {sender.Participant.ProcessId}, which has claimed {sender.ClaimLength:N0} bytes and not committed them."),
                data: data);
        }

        if (channel.BytesUsed > channel.Capacity * options.MaxDepth)
        {
            return new HealthCheckResult(
                HealthStatus.Degraded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Channel '{channel.Path}' is {100.0 * channel.BytesUsed / channel.Capacity:0} % full: " +
                    $"{channel.BytesUsed:N0} of {channel.Capacity:N0} bytes."),
                data: data);
        }

        return HealthCheckResult.Healthy(data: data);
    }
}
